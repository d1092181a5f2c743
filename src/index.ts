/** `stormproof`: what the author of a scenario writes. What is not here is internal. */

export { defineInvariant, type Invariant } from './check/define-invariant.js'
export type { Backend, Clients, Ledger, Operation } from './core/backend.js'
export type { InputOf, OutputOf } from './core/tool.js'
export { type Budget, type Campaign, type Finding, simulate } from './explore/simulate.js'
export { storms } from './explore/storms.js'
export { type Config, defineConfig } from './report/config.js'
export { defineScenario, type Scenario } from './scenario/define-scenario.js'
export { defineBackend } from './sim/define-backend.js'
export { defineFault, type Fault } from './sim/fault/define-fault.js'
export { fuzz } from './sim/fuzz.js'
export { obedient } from './sim/obedient.js'
export { type ModelPolicy, policy } from './sim/script.js'
