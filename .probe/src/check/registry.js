/** Every invariant, in the order of their catalogue: a new one is a file and a line. */
import { ambiguityHonesty } from './invariant/ambiguity-honesty.js';
import { atMostOnceEffect } from './invariant/at-most-once-effect.js';
import { batchAtomicity } from './invariant/batch-atomicity.js';
import { causalOrder } from './invariant/causal-order.js';
import { determinism } from './invariant/determinism.js';
import { durableAck } from './invariant/durable-ack.js';
import { keyStability } from './invariant/key-stability.js';
import { lateResultDisposition } from './invariant/late-result-disposition.js';
import { outcomeTruth } from './invariant/outcome-truth.js';
import { quiescence } from './invariant/quiescence.js';
import { resultIdentity } from './invariant/result-identity.js';
import { resultOrder } from './invariant/result-order.js';
import { resumeEquivalence } from './invariant/resume-equivalence.js';
import { retryDiscipline } from './invariant/retry-discipline.js';
import { runLiveness } from './invariant/run-liveness.js';
import { sagaConsistency } from './invariant/saga-consistency.js';
import { stepBound } from './invariant/step-bound.js';
import { toolPairing } from './invariant/tool-pairing.js';
/** Violations of one event are recorded in this order; the first is the target of shrinking. */
export const invariants = [
    toolPairing,
    resultOrder,
    resultIdentity,
    atMostOnceEffect,
    keyStability,
    ambiguityHonesty,
    batchAtomicity,
    causalOrder,
    lateResultDisposition,
    sagaConsistency,
    durableAck,
    resumeEquivalence,
    retryDiscipline,
    stepBound,
    outcomeTruth,
    runLiveness,
    quiescence,
    determinism,
];
/** An invariant by its name; undefined when there is none, promises of users included. */
export function findInvariant(name) {
    return invariants.find((check) => check.name === name);
}
