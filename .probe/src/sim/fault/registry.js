/** Every fault that exists, one line a family. */
import { modelFaults } from './model.js';
import { processFaults } from './process.js';
import { storeFaults } from './store.js';
import { toolFaults } from './tool.js';
export const faults = [...modelFaults, ...toolFaults, ...storeFaults, ...processFaults];
