/** Sequences that a scenario prescribes, laid over a source: what becomes of the first try of each call, of the second, and so on. */

import type { ChoiceKind, Source } from '../kernel/source.js'
import type { SequenceStep, Sequences } from '../scenario/fault-sequence.js'

/** The source is asked all the same: what it counts, and what a replay has met, stays true. */
export function sequenced<S extends Source>(source: S, sequences: Sequences): S {
  if (Object.keys(sequences).length === 0) return source
  const pick = (label: string, hash: number, kind: ChoiceKind, alternatives: readonly string[]): number => {
    const chosen = source.pick(label, hash, kind, alternatives)
    const wanted = kind === 'outcome' || kind === 'parameter' ? wantedAt(label, kind, sequences) : undefined
    if (wanted === undefined) return chosen
    const index = alternatives.indexOf(wanted)
    return index < 0 ? 0 : index
  }
  return { ...source, pick }
}

/** `model/t3/a2`, `shop.refund#t3.c1/a2`, with the name of a parameter after an `@`. A second incarnation (`~1`) is left to the storm. */
const tried = /^(?:(model)\/t\d+|([^#/@]+)#[^@]+)\/a(\d+)(?:@([\w-]+))?$/

function wantedAt(label: string, kind: ChoiceKind, sequences: Sequences): string | undefined {
  const [, model, operation, attempt, parameter] = tried.exec(label) ?? []
  const step: SequenceStep | undefined = sequences[model ?? operation ?? '']?.[Number(attempt) - 1]
  if (step === undefined) return undefined
  return kind === 'outcome' ? step.fault : step.with[parameter ?? '']
}
