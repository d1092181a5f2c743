/** Every invariant, in the order of their catalogue: a new one is a file and a line. */

import { ambiguityHonesty } from './invariant/ambiguity-honesty.js'
import { approvalGate } from './invariant/approval-gate.js'
import { argsIntegrity } from './invariant/args-integrity.js'
import { atMostOnceEffect } from './invariant/at-most-once-effect.js'
import { attemptAuditable } from './invariant/attempt-auditable.js'
import { authorizationScope } from './invariant/authorization-scope.js'
import { batchAtomicity } from './invariant/batch-atomicity.js'
import { breakerLiveness } from './invariant/breaker-liveness.js'
import { breakerSafety } from './invariant/breaker-safety.js'
import { budgetSafety } from './invariant/budget-safety.js'
import { cacheFreshness } from './invariant/cache-freshness.js'
import { cacheScope } from './invariant/cache-scope.js'
import { cancelPropagation } from './invariant/cancel-propagation.js'
import { causalOrder } from './invariant/causal-order.js'
import { checkpointAtomic } from './invariant/checkpoint-atomic.js'
import { contextSafe } from './invariant/context-safe.js'
import { deadlineBound } from './invariant/deadline-bound.js'
import { decisionLiveness } from './invariant/decision-liveness.js'
import { decisionRouting } from './invariant/decision-routing.js'
import { denialFinality } from './invariant/denial-finality.js'
import { determinism } from './invariant/determinism.js'
import { durableAck } from './invariant/durable-ack.js'
import { effectPresence } from './invariant/effect-presence.js'
import { errorFeedback } from './invariant/error-feedback.js'
import { faultAccounting } from './invariant/fault-accounting.js'
import { historyExactlyOnce } from './invariant/history-exactly-once.js'
import { idUniqueness } from './invariant/id-uniqueness.js'
import { keyStability } from './invariant/key-stability.js'
import { lateResultDisposition } from './invariant/late-result-disposition.js'
import { memoryOrder } from './invariant/memory-order.js'
import { noLostUpdate } from './invariant/no-lost-update.js'
import { observerNeutrality } from './invariant/observer-neutrality.js'
import { outcomeTruth } from './invariant/outcome-truth.js'
import { outputValidity } from './invariant/output-validity.js'
import { quiescence } from './invariant/quiescence.js'
import { rateLimitLiveness } from './invariant/rate-limit-liveness.js'
import { rateLimitSafety } from './invariant/rate-limit-safety.js'
import { recoverability } from './invariant/recoverability.js'
import { resultFidelity } from './invariant/result-fidelity.js'
import { resultIdentity } from './invariant/result-identity.js'
import { resultOrder } from './invariant/result-order.js'
import { resumeEquivalence } from './invariant/resume-equivalence.js'
import { retryAmplification } from './invariant/retry-amplification.js'
import { retryDiscipline } from './invariant/retry-discipline.js'
import { runLiveness } from './invariant/run-liveness.js'
import { sagaConsistency } from './invariant/saga-consistency.js'
import { secretRedaction } from './invariant/secret-redaction.js'
import { serialEquivalence } from './invariant/serial-equivalence.js'
import { sessionIsolation } from './invariant/session-isolation.js'
import { siblingIsolation } from './invariant/sibling-isolation.js'
import { singleWriter } from './invariant/single-writer.js'
import { stepBound } from './invariant/step-bound.js'
import { storeLiveness } from './invariant/store-liveness.js'
import { streamIntegrity } from './invariant/stream-integrity.js'
import { subagentTruth } from './invariant/subagent-truth.js'
import { terminalOnce } from './invariant/terminal-once.js'
import { timeDiscipline } from './invariant/time-discipline.js'
import { toolPairing } from './invariant/tool-pairing.js'
import { traceFidelity } from './invariant/trace-fidelity.js'
import { trustBoundary } from './invariant/trust-boundary.js'
import type { Check } from './invariant.js'

/** Violations of one event are recorded in this order; the first is the target of shrinking. */
export const invariants: readonly Check[] = [
  toolPairing,
  resultOrder,
  resultIdentity,
  resultFidelity,
  outputValidity,
  errorFeedback,
  historyExactlyOnce,
  idUniqueness,
  atMostOnceEffect,
  keyStability,
  effectPresence,
  ambiguityHonesty,
  argsIntegrity,
  batchAtomicity,
  siblingIsolation,
  causalOrder,
  serialEquivalence,
  lateResultDisposition,
  sagaConsistency,
  durableAck,
  resumeEquivalence,
  checkpointAtomic,
  noLostUpdate,
  singleWriter,
  storeLiveness,
  recoverability,
  terminalOnce,
  retryDiscipline,
  retryAmplification,
  breakerSafety,
  breakerLiveness,
  rateLimitSafety,
  rateLimitLiveness,
  budgetSafety,
  streamIntegrity,
  stepBound,
  deadlineBound,
  cancelPropagation,
  outcomeTruth,
  // Before the gate: both fall when a denied call starts, and this says more.
  denialFinality,
  approvalGate,
  decisionRouting,
  decisionLiveness,
  contextSafe,
  memoryOrder,
  cacheFreshness,
  cacheScope,
  sessionIsolation,
  subagentTruth,
  trustBoundary,
  authorizationScope,
  secretRedaction,
  traceFidelity,
  attemptAuditable,
  observerNeutrality,
  faultAccounting,
  runLiveness,
  quiescence,
  timeDiscipline,
  determinism,
]

/** An invariant by its name; undefined when there is none, promises of users included. */
export function findInvariant(name: string): Check | undefined {
  return invariants.find((check) => check.name === name)
}
