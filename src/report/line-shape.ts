/** The shapes of the lines that a campaign writes as NDJSON, and the schema that is published of them. */

import { environmentShape, findingShape, recordShape, resultShape, violationShape } from './record-shape.js'
import { fields, flag, list, mapOf, maybe, number, oneOf, type Shape, text, type Wrong } from './shape.js'

const gate = fields({ name: text, result: oneOf('pass', 'fail', 'inconclusive'), detail: text })

/** A line of `trials.ndjson`, too, where it has no `type`. */
export const trialShape: Shape = fields({
  ...{ scenario: text, origin: oneOf('calm', 'kept', 'single', 'fresh', 'grid', 'shrink', 'replay') },
  ...{ index: number, seed: text, source: text, status: text, reason: text, ending: text, goal: maybe(flag) },
  words: maybe(list(text)),
  violations: list(violationShape),
  faults: mapOf(fields({ planned: number, injected: number, landed: number })),
  arose: mapOf(number),
  ...{ events: number, calls: number, steps: number, virtualMs: number, fingerprint: text },
})

/** By the `type` of the line. Findings of the last line are ids: they have lines of their own. */
const lineShapes: Readonly<Record<string, Shape>> = {
  'campaign-start': fields({
    ...{ schemaVersion: number, campaign: text, seed: text, preset: text, trials: number, scenarios: list(text) },
  }),
  'trial-end': trialShape,
  finding: findingShape,
  gate,
  'campaign-end': fields({
    ...{ schemaVersion: number, campaign: text, seed: text, preset: text, trials: number, exitCode: number },
    result: resultShape,
    scenarios: list(fields({ name: text, file: text, result: resultShape, findings: list(text), storms: number })),
    environment: environmentShape,
  }),
}

/** A line of the stream. */
export function lineShape(value: unknown): Wrong | undefined {
  const type = (value as { type?: unknown } | null)?.type
  const shape = typeof type === 'string' && Object.hasOwn(lineShapes, type) ? lineShapes[type] : undefined
  return shape ? shape(value, '') : { at: 'type', wants: `one of ${Object.keys(lineShapes).join(', ')}` }
}

/** JSON Schema 2020-12 of one line of `--json` and `report.ndjson`; `record.json` and `trials.ndjson` are under its `$defs`. */
export const lineSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:stormproof:schema:record:1',
  title: 'One line of a stormproof campaign as NDJSON',
  oneOf: Object.keys(lineShapes).map((type) => ({ $ref: `#/$defs/${type}` })),
  $defs: {
    ...Object.fromEntries(
      Object.entries(lineShapes).map(([type, { schema }]) => [type, typed(type, schema as unknown as TypedSchema)]),
    ),
    trial: trialShape.schema,
    record: recordShape.schema,
  },
}

interface TypedSchema {
  readonly properties: object
  readonly required: readonly string[]
}

function typed(type: string, { properties, required, ...rest }: TypedSchema): object {
  return { ...rest, properties: { type: { const: type }, ...properties }, required: ['type', ...required] }
}
