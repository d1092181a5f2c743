/** OpenTelemetry's traces as OTLP JSON, named by its conventions for generative AI. Times are virtual. */

import { digest } from '../src/core/digest.js'
import type { Json } from '../src/core/json.js'
import { type Exchange, exchangesOf } from '../src/report/trace/exchange.js'
import { shownText } from '../src/report/trace/shown-value.js'
import type { Traced } from './traced.js'

/** The last version of the general conventions that has those for generative AI. */
const schemaUrl = 'https://opentelemetry.io/schemas/1.41.1'

/** 2020-01-01: virtual time has no day, and a fixed one gives fixed bytes. */
const fixedEpochMs = Date.UTC(2020, 0, 1)

/** As the protocol numbers them. */
const kinds = { internal: 1, client: 3 } as const
const statuses = { unset: 0, error: 2 } as const

/** A trace for each trial, which begins at `epochMs` of the wall clock: some back ends drop what is old. */
export function otlpReport(trials: readonly Traced[], version: string, epochMs: number = fixedEpochMs): string {
  const resourceSpans = trials.map((trial) => ({
    resource: { attributes: attributesOf({ 'service.name': trial.scenario, 'sim.finding': trial.name }) },
    scopeSpans: [{ scope: { name: 'stormproof', version }, spans: spansOf(trial, epochMs), schemaUrl }],
    schemaUrl,
  }))
  return `${JSON.stringify({ resourceSpans }, null, 1)}\n`
}

function spansOf(trial: Traced, epochMs: number) {
  const exchanges = exchangesOf(trial.events)
  const ids: Ids = {
    trace: digest(['trace', trial.token]) + digest(['trace of', trial.token]),
    span: (key: string): string => digest(['span', trial.token, key]),
    nanos: (vt: number): string =>
      String(BigInt(Math.round(epochMs)) * 1_000_000n + BigInt(Math.round(vt * 1_000_000))),
  }
  const { nanos } = ids
  const [first, last] = [trial.events[0]?.vt ?? 0, trial.events.at(-1)?.vt ?? 0]
  const root = {
    traceId: ids.trace,
    spanId: ids.span(''),
    name: `invoke_workflow ${shownText(trial.scenario)}`,
    kind: kinds.internal,
    startTimeUnixNano: nanos(first),
    endTimeUnixNano: nanos(last),
    attributes: attributesOf({
      'gen_ai.operation.name': 'invoke_workflow',
      'gen_ai.workflow.name': trial.scenario,
      'sim.replay': trial.token,
    }),
    events: trial.broken.map(({ invariant, because, vt }) => ({
      timeUnixNano: nanos(vt),
      name: 'gen_ai.evaluation.result',
      attributes: attributesOf({
        'gen_ai.evaluation.name': invariant,
        'gen_ai.evaluation.score.value': 0,
        'gen_ai.evaluation.score.label': 'fail',
        'gen_ai.evaluation.explanation': because,
      }),
    })),
    status: { code: trial.broken.length > 0 ? statuses.error : statuses.unset },
  }
  return [root, ...exchanges.map((one) => spanOf(one, ids))]
}

interface Ids {
  readonly trace: string
  readonly span: (key: string) => string
  readonly nanos: (vt: number) => string
}

function spanOf(one: Exchange, ids: Ids) {
  const { nanos } = ids
  const isWrong = one.outcome !== 'ok' && one.outcome !== 'open'
  return {
    traceId: ids.trace,
    spanId: ids.span(one.key),
    parentSpanId: ids.span(one.parent ?? ''),
    name: spanName(one),
    kind: one.kind === 'model' || one.kind === 'request' ? kinds.client : kinds.internal,
    startTimeUnixNano: nanos(one.start),
    endTimeUnixNano: nanos(one.end),
    attributes: attributesOf({
      ...conventional(one),
      'sim.step': one.seq,
      'sim.vt': one.start,
      ...(isWrong && { 'error.type': one.outcome }),
    }),
    events: one.faults.map(({ fault, site, vt }) => ({
      timeUnixNano: nanos(vt),
      name: 'sim.fault.injected',
      attributes: attributesOf({ 'sim.fault.kind': fault, 'sim.fault.id': site }),
    })),
    links: one.cause === undefined ? [] : [{ traceId: ids.trace, spanId: ids.span(one.cause) }],
    status: { code: isWrong ? statuses.error : statuses.unset },
  }
}

const operations = { run: 'invoke_agent', model: 'chat', tool: 'execute_tool', request: undefined } as const

function spanName({ kind, name }: Exchange): string {
  const operation = operations[kind]
  return operation === undefined ? shownText(name) : `${operation} ${shownText(name)}`
}

/** What the conventions name, and what of a service they do not. */
function conventional({ kind, name, attributes }: Exchange): Readonly<Record<string, Json>> {
  if (kind === 'run') return { 'gen_ai.operation.name': operations.run, 'gen_ai.agent.name': name }
  if (kind === 'model')
    return {
      'gen_ai.operation.name': operations.model,
      'gen_ai.provider.name': 'stormproof',
      'gen_ai.request.model': name,
      ...(typeof attributes['stop'] === 'string' && { 'gen_ai.response.finish_reasons': [attributes['stop']] }),
    }
  if (kind === 'tool')
    return {
      'gen_ai.operation.name': operations.tool,
      'gen_ai.tool.name': name,
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': attributes['call'] ?? '',
    }
  return { 'sim.request': attributes['input'] ?? '', 'sim.request.kind': attributes['kind'] ?? '' }
}

const attributesOf = (values: Readonly<Record<string, Json>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value: typedValue(value) }))

/** As JSON has the protocol: whole numbers of 64 bits are texts. */
function typedValue(value: Json): Readonly<Record<string, unknown>> {
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(typedValue) } }
  return { stringValue: typeof value === 'string' ? shownText(value, 300) : JSON.stringify(value) }
}
