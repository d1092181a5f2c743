/** Entry `stormproof/register`: put it before the agent's modules (`node --import stormproof/register`, or a setup file). */
import { installShims } from './box/install.js';
installShims();
