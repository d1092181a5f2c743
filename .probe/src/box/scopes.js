/** Carries the scope through asynchronous code: the kernel's port over one AsyncLocalStorage. */
import { box } from './shared-box.js';
const storage = box.storage;
/** Who acts now, or undefined outside every simulation. Across duplicate copies of the package it is the same answer. */
export const scopes = {
    current: () => storage.getStore(),
    run: (scope, body) => storage.run(scope, body),
};
