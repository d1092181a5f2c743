/** `stormproof`: what the author of a scenario writes. What is not here is internal. */
export { defineInvariant } from './check/define-invariant.js';
export { simulate } from './explore/simulate.js';
export { storms } from './explore/storms.js';
export { defineConfig } from './report/config.js';
export { defineScenario } from './scenario/define-scenario.js';
export { defineBackend } from './sim/define-backend.js';
export { defineFault } from './sim/fault/define-fault.js';
export { fuzz } from './sim/fuzz.js';
export { policy } from './sim/script.js';
