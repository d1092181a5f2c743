/** `stormproof/check`: judges the history of an agent, one's own or recorded elsewhere. */

export type { HeardError, HeardEvent, HeardEvents, HeardRequest } from './check/heard-event.js'
export { judge } from './check/judge.js'
export type { ReferenceModel } from './check/reference-model.js'
export { eventually, type Formula, happens, type Moment, not, type Temporal, until, within } from './check/temporal.js'
export type { CheckVerdict } from './check/watch.js'
export type { AnyEvent, EventOf, EventType } from './core/event.js'
export type { Facts, History, RetryFacts, ToolFacts } from './core/history.js'
export type { InvariantVerdict, Verdict, Violation } from './core/verdict.js'
