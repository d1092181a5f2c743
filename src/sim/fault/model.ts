/** Faults of the language model and its provider. */

import type { FaultDefinition } from './fault.js'
import { badBody } from './model/bad-body.js'
import { duplicateFrame } from './model/duplicate-frame.js'
import { emptyTurn } from './model/empty-turn.js'
import { finalWithCalls } from './model/final-with-calls.js'
import { finishReason } from './model/finish-reason.js'
import { httpError } from './model/http-error.js'
import { idReuse } from './model/id-reuse.js'
import { indexCollide } from './model/index-collide.js'
import { loop } from './model/loop.js'
import { lost } from './model/lost.js'
import { malformedArgs } from './model/malformed-args.js'
import { nondeterministicReplay } from './model/nondeterministic-replay.js'
import { reissue } from './model/reissue.js'
import { semantic } from './model/semantic.js'
import { streamCut } from './model/stream-cut.js'
import { strictProvider } from './model/strict-provider.js'
import { unknownTool } from './model/unknown-tool.js'
import { usageMismatch } from './model/usage-mismatch.js'
import { wideBatch } from './model/wide-batch.js'
import { type ModelFault, modelFault } from './model-fault.js'
import { sameInstance } from './subagent/same-instance.js'

const ownAnswerFaults: readonly ModelFault[] = [
  httpError,
  lost,
  malformedArgs,
  unknownTool,
  badBody,
  streamCut,
  duplicateFrame,
  indexCollide,
  finishReason,
  emptyTurn,
  finalWithCalls,
  usageMismatch,
  idReuse,
  nondeterministicReplay,
  semantic,
  loop,
  reissue,
  wideBatch,
]

/** All that are the outcome of a request, in the order in which the tape lists them. */
export const answerFaults: readonly ModelFault[] = [...ownAnswerFaults, sameInstance]

const time = { ...modelFault, chosenAs: 'time' } as const

export const modelFaults: readonly FaultDefinition[] = [
  ...ownAnswerFaults,
  { ...time, name: 'model/delay', says: 'The provider answers slowly.' },
  { ...time, name: 'model/timeout', says: 'The provider never answers, or only after the caller gave up.' },
  strictProvider,
]
