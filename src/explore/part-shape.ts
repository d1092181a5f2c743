/** The shape of what a shard wrote of its parts. */

import {
  faultShape,
  findingShape,
  nondeterminismShape,
  problemShape,
  strainShape,
  surfaceShape,
} from '../report/record-shape.js'
import { fields, flag, list, mapOf, maybe, number, pair, type Shape, text } from '../report/shape.js'

const counts = list(pair(text, number))

const sums = fields({
  ...{ storms: number, survived: number, goals: number, unknown: number, singles: number, pairs: number, kept: number },
  ...{ virtualMs: number, faults: mapOf(faultShape), strains: list(strainShape) },
  recovery: fields({ landed: number, recovered: number, storms: number, calls: number }),
  surface: list(surfaceShape),
  ...{ arose: counts, broken: counts, concerned: list(text), placed: list(text), problems: list(problemShape) },
})

export const partShape: Shape = fields({
  scenario: fields({ name: text, file: text, breaks: list(text) }),
  part: number,
  calm: fields({
    ...{ goal: maybe(flag), calls: number, fingerprint: text },
    invariants: list(fields({ name: text, says: text, usual: text, relation: flag, situation: maybe(flag) })),
    faultsAsked: fields({ added: list(text), prescribed: list(text) }),
  }),
  ...{ isFaulted: flag, sums, findings: list(findingShape) },
  ...{ doubleRuns: number, trials: number, stopped: number, hangs: number },
  ...{ nondeterminism: maybe(nondeterminismShape), interrupted: flag, ended: flag },
})
