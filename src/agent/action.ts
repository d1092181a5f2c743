/** The one union of what a run can have to do next. */

import type { SagaStep } from './state.js'

export type Action =
  /** Write `run-start` into an empty log. */
  | { readonly kind: 'start' }
  /** Write `run-resume` into a log that an earlier incarnation left. */
  | { readonly kind: 'resume' }
  | { readonly kind: 'call-model'; readonly turn: number; readonly attempt: number; readonly offersTools: boolean }
  /** Run the calls of the open batch that are not settled. */
  | { readonly kind: 'advance-batch' }
  | { readonly kind: 'commit-batch' }
  /** Ask the guards about the last word. */
  | { readonly kind: 'vet-answer' }
  /** Nothing can go on before something comes from outside: the run's promise ends. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'abort-saga'; readonly cause: string }
  | { readonly kind: 'compensate'; readonly step: SagaStep }
  | { readonly kind: 'end'; readonly cause: string }
  /** Nothing: the log has its `run-end`. */
  | { readonly kind: 'return' }
