/** The way of one call: five layers, outermost first. */
import { breaker } from './layer/breaker.js';
import { execute } from './layer/execute.js';
import { keyed } from './layer/keyed.js';
import { retry } from './layer/retry.js';
import { traced } from './layer/traced.js';
import { validated } from './layer/validated.js';
/** Brings a call to its one terminal record. Rejects only when the log cannot be written. */
export const dispatch = traced(breaker(retry(keyed(validated(execute)))));
