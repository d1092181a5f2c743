/** The shape of a record that was read from a file: cut short, edited or written by somebody else, it is told before a reporter meets it. */

import { fields, flag, list, mapOf, maybe, number, oneOf, pair, type Shape, text } from './shape.js'

export const resultShape = oneOf('pass', 'fail', 'inconclusive', 'scenario-error', 'nondeterministic', 'interrupted')
const place = fields({ at: text, line: text })

export const violationShape = fields({
  ...{ invariant: text, clause: text, because: text, witness: list(number), seq: number, tool: maybe(text) },
})

const storyLine = fields({
  ...{ seq: number, vt: number, model: text, tools: text, backend: text },
  flow: oneOf('request', 'answer', 'none'),
  mark: oneOf('plain', 'fault', 'applied', 'broken'),
})

const last = (line: Shape): Shape => fields({ lines: list(line), hidden: number })

const promptShape = fields({
  ...{ turn: number, attempt: number, vt: number, same: number, hidden: number },
  lines: list(
    fields({
      change: oneOf('same', 'new', 'gone'),
      ...{ role: oneOf('system', 'user', 'assistant', 'tool'), text },
    }),
  ),
})

const momentShape: Shape = fields({
  state: last(pair(text, text)),
  steps: last(fields({ seq: number, vt: number, event: text, changes: list(list(text)) })),
  ledger: last(fields({ vt: number, text, takenBack: flag, witness: flag })),
  prompts: last(promptShape),
  redacted: number,
})

export const findingShape: Shape = fields({
  ...{ id: text, scenario: text, signature: text, says: text, usual: text, known: flag, token: text, origin: text },
  violation: violationShape,
  decisions: list(pair(text, text)),
  ...{ needs: list(text), faults: list(text), console: list(text), where: list(place) },
  story: fields({ headline: text, backend: text, lines: list(storyLine), hidden: number }),
  moment: maybe(momentShape),
  bakedIn: maybe(fields({ trials: number, points: list(fields({ seq: number, what: text, broken: number })) })),
  shrink: fields({ runs: number, eventsBefore: number, eventsAfter: number, decisionsBefore: number }),
  ...{ replays: number, seen: number },
})

export const problemShape: Shape = fields({ kind: text, what: text, where: text, remedy: text })

export const nondeterminismShape: Shape = fields({
  ...{ seed: text, seq: number, first: text, second: text, where: text, state: maybe(list(place)) },
})

export const faultShape: Shape = fields({
  ...{ planned: number, injected: number, landed: number, storms: number, broken: number },
})

export const strainShape: Shape = fields({ landed: number, trials: number, broken: number })

export const surfaceShape: Shape = fields({ epsilon: number, lambda: number, trials: number, goals: number })

const toolShape: Shape = fields({
  ...{ kind: text, inCode: text, cases: number, about: list(text) },
  clauses: list(
    fields({
      ...{ name: text, says: text, exercised: number, told: text, witness: list(text) },
      verdict: oneOf('valid', 'invalid', 'unknown'),
      beside: maybe(oneOf('does-not-apply', 'not-judged', 'never-arose')),
    }),
  ),
  suggestion: fields({ effect: text, idempotency: text, retry: text }),
})

export const scenarioShape: Shape = fields({
  tool: maybe(toolShape),
  ...{ name: text, file: text, result: resultShape, problems: list(problemShape), calmGoal: maybe(flag) },
  ...{ storms: number, survived: number, goals: number, unknown: number, singles: number, pairs: number, kept: number },
  ...{ doubleRuns: number, virtualMs: number, nondeterminism: maybe(nondeterminismShape) },
  invariants: list(
    fields({
      ...{ name: text, says: text, group: oneOf('tested', 'never-arose', 'not-concerned'), arose: number },
      ...{ broken: number, situation: maybe(flag) },
    }),
  ),
  faults: mapOf(faultShape),
  strains: list(strainShape),
  recovery: maybe(fields({ landed: number, recovered: number, extraCalls: number })),
  surface: maybe(list(surfaceShape)),
  findings: list(findingShape),
})

const rate = pair(number, number)

const comparisonShape: Shape = fields({
  ...{ before: text, after: text },
  scenarios: list(
    fields({
      ...{ name: text, open: text },
      survived: maybe(fields({ before: rate, after: rate, change: number, lower: number, upper: number })),
    }),
  ),
  findings: list(
    fields({
      kind: oneOf('new', 'gone', 'same'),
      ...{ scenario: text, signature: text, says: text, token: text, known: flag, seen: rate, needs: maybe(number) },
    }),
  ),
})

export const environmentShape: Shape = fields({
  ...{ stormproof: text, node: text, platform: text, commit: text, startedAt: text, wallMs: number },
})

export const recordShape: Shape = fields({
  ...{
    schemaVersion: number,
    campaign: text,
    seed: text,
    preset: text,
    trials: number,
    result: resultShape,
    exitCode: number,
  },
  gates: list(fields({ name: text, result: oneOf('pass', 'fail', 'inconclusive'), detail: text })),
  scenarios: list(scenarioShape),
  environment: environmentShape,
  since: maybe(comparisonShape),
  shard: maybe(fields({ index: number, count: number })),
})
