/** The decisions of the runtime, each a small function of its own: the runtime is their composition, a mutant replaces one. */
import { admit, count } from '../resilience/breaker.js';
import { isRetryable, retry } from '../resilience/retry.js';
import { parseArguments } from './arguments.js';
import { allSettled, resultsInCallOrder } from './batch-end.js';
import { conclude } from './conclude.js';
import { decide } from './decide.js';
import { outcomeOf } from './ending.js';
import { attemptKey, idOf, keyOf, matchIntent } from './identity.js';
import { takeLate } from './late.js';
import { judgeAnswer } from './model-answer.js';
import { messagesOf, render } from './render.js';
import { nextUndo, registersAt } from './saga.js';
import { checkArguments, checkOutput } from './validity.js';
/** The correct runtime. */
export const defaultParts = {
    decide,
    turnBudget: (limits) => limits.turns,
    conclude,
    writesNow: () => true,
    recall: (events) => events,
    judgeAnswer,
    idOf,
    parseArguments,
    checkArguments,
    checkOutput,
    keyOf,
    attemptKey,
    matchIntent,
    timeoutOf: (tool) => tool.timeoutMs,
    outcomeOf,
    retry,
    retryable: isRetryable,
    admitAttempt: admit,
    countAttempt: count,
    batchDone: allSettled,
    resultsOf: resultsInCallOrder,
    render,
    messagesOf,
    takeLate,
    registersAt,
    nextUndo,
};
/** The parts of this agent: its own where it brings some. */
export const rulesOf = (agent) => ({ agent, parts: { ...defaultParts, ...agent.parts } });
