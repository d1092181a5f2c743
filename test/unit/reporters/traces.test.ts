/** The reporters that draw traces: golden bytes, the rules of each format, and hostile text in every event. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mermaidReport, sequenceDiagram } from '../../../reporters/mermaid.js'
import { otlpReport } from '../../../reporters/otlp.js'
import { perfettoReport } from '../../../reporters/perfetto.js'
import { shivizDelimiter, shivizExpression, shivizReport } from '../../../reporters/shiviz.js'
import { type Traced, tracedOf } from '../../../reporters/traced.js'
import type { AnyEvent } from '../../../src/core/event.js'
import { exchangesOf } from '../../../src/report/trace/exchange.js'
import * as records from '../../golden/records.js'
import { history, refundTwice } from '../report/refund-history.js'

const refund = tracedOf(records.failing, () => refundTwice)
const canary = 'sk-canary-0123456789'
const hostileTexts = [
  ...records.hostileTexts,
  '"><img src=x onerror=alert(1)>',
  'x {"x":1}\nagent {"agent":99}',
  '=== forged ===',
  'end\nA->>B: forged',
  'a; b # c %% d : wrap: e #35; ```',
  '::error::forged',
  `${canary} password=hunter22`,
  '\ud800 lonely \uffff __proto__',
]

/** Calls that overlap, a crash, a retry, an answer that never came; `text` wherever others write. */
function storm(text: string): readonly AnyEvent[] {
  const request = (call: string, attempt = 1) => ({
    ...{ backend: text, operation: text, kind: 'write', site: `${text}.x#${call}/a${attempt}` },
    ...{ input: { [text]: text, note: [text, { deep: text }] }, key: undefined, call, attempt },
  })
  const answer = (call: string, outcome: string, attempt = 1) => ({
    ...{ backend: text, operation: text, site: `${text}.x#${call}/a${attempt}`, outcome, status: 500, text },
  })
  const said = { text, stop: 'tool-calls', complete: true, status: 200 }
  return history(
    [0, 'run-start', { agent: text, session: text, prompt: text, instructions: text }],
    [0, 'prompt-received', { turn: 1, attempt: 1, messages: [{ role: 'user', text }], tools: [text] }],
    [10.4, 'model-answered', { turn: 1, attempt: 1, calls: [{ id: text, tool: text, arguments: text }], ...said }],
    [10.4, 'request-arrived', request('t1.c0')],
    [11, 'request-arrived', request('t1.c1')],
    [11, 'fault-injected', { fault: text, site: `${text}.x#t1.c0/a1@time`, detail: text }],
    [12, 'effect-applied', { ...request('t1.c0'), effect: 0, once: text }],
    [15, 'request-answered', answer('t1.c0', 'failed')],
    [15, 'tool-returned', { call: 't1.c0', tool: text, attempt: 1, outcome: 'threw', digest: '', text }],
    [16, 'crash', { epoch: 1 }],
    [17, 'restart', { epoch: 2 }, 2],
    [18, 'request-arrived', request('t1.c1'), 2],
    [18, 'request-answered', answer('t1.c1', 'ok'), 2],
    [19, 'tool-returned', { call: 't1.c1', tool: text, attempt: 1, outcome: 'ok', digest: '', value: text }, 2],
    [20, 'fault-injected', { fault: text, site: 'model/t2/a1', detail: text }, 2],
    [21, 'run-end', { status: 'completed', reason: text, text, residue: [] }, 2],
  )
}
const stormy = (text: string): readonly Traced[] => [
  {
    name: text,
    scenario: text,
    token: 'v1.x',
    events: storm(text),
    broken: [{ invariant: text, because: text, vt: 20 }],
  },
]
const traces: readonly (readonly [string, readonly Traced[]])[] = [
  ['the refund', refund],
  ['none', []],
  ['a storm', stormy('plain')],
  ['two trials', [...refund, ...stormy('plain')]],
]
// biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/

it('are what they always were', async () => {
  const golden = (name: string) => `../../golden/reports/${name}`
  await expect(perfettoReport(refund)).toMatchFileSnapshot(golden('failing-trace.json'))
  await expect(otlpReport(refund, '0.1.0')).toMatchFileSnapshot(golden('failing-otlp.json'))
  await expect(shivizReport(refund)).toMatchFileSnapshot(golden('failing-shiviz.log'))
  await expect(mermaidReport(records.failing)).toMatchFileSnapshot(golden('failing-diagrams.md'))
})

describe('a history as spans', () => {
  it('has a run for each life, what overlaps apart, and what never ended open', () => {
    expect(exchangesOf(storm('x')).map(({ kind, key, parent, outcome }) => [kind, key, parent, outcome])).toEqual([
      ['run', 'run/1', undefined, 'crash'],
      ['model', 'model/1/1', 'run/1', 'ok'],
      ['tool', 'tool/t1.c0/a1', 'run/1', 'x'],
      ['request', 'request/x.x#t1.c0/a1', 'tool/t1.c0/a1', 'failed'],
      ['tool', 'tool/t1.c1/a1', 'run/1', 'crash'],
      ['request', 'request/x.x#t1.c1/a1', 'tool/t1.c1/a1', 'open'],
      ['run', 'run/2', undefined, 'ok'],
      ['tool', 'tool/t1.c1/a1~1', 'run/2', 'ok'],
      ['request', 'request/x.x#t1.c1/a1~1', 'tool/t1.c1/a1~1', 'ok'],
    ])
  })
})

describe("Perfetto's rules", () => {
  function check(trials: readonly Traced[]): void {
    const { traceEvents } = JSON.parse(perfettoReport(trials)) as { traceEvents: any[] }
    const slices = traceEvents.filter(({ ph }) => ph === 'X')
    for (const event of traceEvents) {
      expect('XMisfC').toContain(event.ph)
      expect(typeof event.name).toBe('string')
      for (const field of event.ph === 'M' ? ['pid', 'tid'] : ['ts', 'pid', 'tid'])
        expect(Number.isSafeInteger(event[field]), `${field} of ${event.ph}`).toBe(true)
    }
    for (const one of slices) {
      expect(one.dur).toBeGreaterThan(0)
      for (const other of slices) {
        if (one === other || one.pid !== other.pid || one.tid !== other.tid) continue
        const [a, b, c, d] = [one.ts, one.ts + one.dur, other.ts, other.ts + other.dur]
        expect(b <= c || d <= a || (a <= c && d <= b) || (c <= a && b <= d), 'apart or nested').toBe(true)
      }
    }
    const flows = traceEvents.filter(({ ph }) => ph === 's' || ph === 'f')
    for (const { id, ts, pid, tid } of flows) {
      expect(flows.filter((flow) => flow.id === id).map(({ ph }) => ph)).toEqual(['s', 'f'])
      const holds = (slice: any) =>
        slice.pid === pid && slice.tid === tid && slice.ts <= ts && ts < slice.ts + slice.dur
      expect(slices.some(holds), 'an arrow ends in a slice').toBe(true)
    }
    const named = new Set(traceEvents.filter(({ name }) => name === 'process_name').map(({ pid }) => pid))
    for (const { pid } of traceEvents) expect(named).toContain(pid)
  }
  it.each(traces)('%s', (_, trials) => check(trials))
  it.each(hostileTexts)('%j', (text) => check(stormy(text)))
})

/** The fields of each message of the protocol (opentelemetry-proto, trace/v1 and common/v1), and which message each holds. */
const messages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TracesData: { resourceSpans: 'ResourceSpans[]' },
  ResourceSpans: { resource: 'Resource', scopeSpans: 'ScopeSpans[]', schemaUrl: 'string' },
  Resource: { attributes: 'KeyValue[]', droppedAttributesCount: 'uint32' },
  ScopeSpans: { scope: 'Scope', spans: 'Span[]', schemaUrl: 'string' },
  Scope: { name: 'string', version: 'string', attributes: 'KeyValue[]', droppedAttributesCount: 'uint32' },
  Span: {
    ...{ traceId: 'hex32', spanId: 'hex16', traceState: 'string', parentSpanId: 'hex16', flags: 'uint32' },
    ...{ name: 'string', kind: 'enum', startTimeUnixNano: 'int64', endTimeUnixNano: 'int64' },
    ...{ attributes: 'KeyValue[]', droppedAttributesCount: 'uint32', events: 'Event[]', droppedEventsCount: 'uint32' },
    ...{ links: 'Link[]', droppedLinksCount: 'uint32', status: 'Status' },
  },
  Event: { timeUnixNano: 'int64', name: 'string', attributes: 'KeyValue[]', droppedAttributesCount: 'uint32' },
  Link: { traceId: 'hex32', spanId: 'hex16', traceState: 'string', attributes: 'KeyValue[]', flags: 'uint32' },
  Status: { message: 'string', code: 'enum' },
  KeyValue: { key: 'string', value: 'AnyValue' },
  AnyValue: {
    ...{ stringValue: 'string', boolValue: 'bool', intValue: 'int64', doubleValue: 'double', arrayValue: 'ArrayValue' },
  },
  ArrayValue: { values: 'AnyValue[]' },
}
const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  double: (value) => typeof value === 'number',
  enum: (value) => Number.isInteger(value),
  uint32: (value) => Number.isInteger(value),
  int64: (value) => typeof value === 'string' && /^-?\d+$/.test(value),
  hex32: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value) && /[^0]/.test(value),
  hex16: (value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value) && /[^0]/.test(value),
}

function checkMessage(value: any, type: string, path: string): void {
  if (type.endsWith('[]')) {
    expect(Array.isArray(value), path).toBe(true)
    for (const [index, item] of value.entries()) checkMessage(item, type.slice(0, -2), `${path}[${index}]`)
    return
  }
  const scalar = scalars[type]
  if (scalar) return expect(scalar(value), `${path}: ${type}`).toBe(true)
  for (const [field, inside] of Object.entries(value)) {
    expect(messages[type], `${path}.${field}`).toHaveProperty(field)
    checkMessage(inside, messages[type]![field] as string, `${path}.${field}`)
  }
}

describe("OTLP's rules", () => {
  function check(trials: readonly Traced[]): void {
    const report = JSON.parse(otlpReport(trials, '0.1.0'))
    checkMessage(report, 'TracesData', '')
    for (const { scopeSpans } of report.resourceSpans)
      for (const { spans } of scopeSpans) {
        const ids = new Set(spans.map(({ spanId }: any) => spanId))
        expect(ids.size).toBe(spans.length)
        expect(spans.filter(({ parentSpanId }: any) => parentSpanId === undefined)).toHaveLength(1)
        for (const { parentSpanId, links = [], startTimeUnixNano, endTimeUnixNano, attributes } of spans) {
          if (parentSpanId !== undefined) expect(ids).toContain(parentSpanId)
          for (const { spanId } of links) expect(ids).toContain(spanId)
          expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano))
          const keys = attributes.map(({ key }: any) => key)
          expect(new Set(keys).size).toBe(keys.length)
        }
      }
  }
  it.each(traces)('%s', (_, trials) => check(trials))
  it.each(hostileTexts)('%j', (text) => check(stormy(text)))

  it('begins when it is told to, to the nanosecond; else on a fixed day', () => {
    const start = (epochMs?: number) =>
      JSON.parse(otlpReport(refund, '1', epochMs)).resourceSpans[0].scopeSpans[0].spans[0].startTimeUnixNano
    expect(start()).toBe('1577836800000000000')
    expect(start(Date.UTC(2026, 0, 31, 9))).toBe('1769850000000000000')
  })

  it('one seed gives one trace, another gives another', () => {
    const id = (token: string) => /"traceId": "(\w+)"/.exec(otlpReport([{ ...refund[0]!, token }], '1'))?.[1]
    expect(id('v1.a')).toBe(id('v1.a'))
    expect(id('v1.a')).not.toBe(id('v1.b'))
  })

  it('names what the conventions name, with what they require', () => {
    const spans = JSON.parse(otlpReport(refund, '1')).resourceSpans[0].scopeSpans[0].spans
    const keysOf = (start: string): readonly string[] =>
      spans.find(({ name }: any) => name.startsWith(start)).attributes.map(({ key }: any) => key)
    expect(keysOf('chat scripted')).toEqual(
      expect.arrayContaining(['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.request.model']),
    )
    expect(keysOf('execute_tool refundOrder')).toEqual(
      expect.arrayContaining(['gen_ai.operation.name', 'gen_ai.tool.name', 'error.type']),
    )
    expect(keysOf('invoke_agent')).toEqual(expect.arrayContaining(['gen_ai.operation.name', 'gen_ai.agent.name']))
    expect(keysOf('invoke_workflow')).toContain('sim.replay')
  })
})

describe("ShiViz's expression", () => {
  function check(trials: readonly Traced[]): void {
    const log = shivizReport(trials)
    expect(log).not.toMatch(control)
    const parts = log.split(new RegExp(shivizDelimiter.replace('?<trace>', ''), 'm')).slice(1)
    expect(parts.length).toBe(trials.length * 2)
    for (let index = 1; index < parts.length; index += 2) {
      const entries = [...(parts[index] as string).trim().matchAll(new RegExp(shivizExpression, 'gm'))]
      expect(entries.length * 2).toBe((parts[index] as string).trim().split('\n').length)
      const clocks = new Map<string, number>()
      for (const { groups } of entries) {
        const { host = '', clock = '' } = groups ?? {}
        const time = JSON.parse(clock)
        expect(time[host], 'each host counts its own events').toBe((clocks.get(host) ?? 0) + 1)
        clocks.set(host, time[host])
        for (const [other, seen] of Object.entries(time)) expect(seen).toBeLessThanOrEqual(clocks.get(other) ?? 0)
      }
    }
  }
  it.each(traces)('%s', (_, trials) => check(trials))
  it.each(hostileTexts)('%j', (text) => check(stormy(text)))
})

/** What Mermaid's grammar of sequence diagrams has for the statements that we write. */
const text = String.raw`(?:[\p{L}\p{N} ,.()\/_✓✗⚡☠↻⇉…“”-]|#\d+;)*`
const statement = new RegExp(
  `^(?:sequenceDiagram|  participant [MAB] as ${text}|  [MAB](?:->>|-->>|--x)[MAB]: ${text}|  Note over [MAB](?:,[MAB])?: ${text})$`,
  'u',
)

describe("Mermaid's grammar", () => {
  function check(report: string): void {
    const diagrams = [...report.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, diagram]) => diagram as string)
    expect(diagrams.length).toBeGreaterThan(0)
    for (const diagram of diagrams) for (const line of diagram.trimEnd().split('\n')) expect(line).toMatch(statement)
  }
  it('the refund', () => check(mermaidReport(records.failing)))
  it.each(hostileTexts)('%j', (evil) => {
    const report = mermaidReport(records.hostile(evil))
    check(report)
    expect(report.replace(/`+[^`\n]+`+/g, '').replace(/^```[\s\S]*?^```$/gm, '')).not.toMatch(/forged|onerror|::/)
  })
  it('of nothing is a page still', () =>
    expect(mermaidReport({ ...records.failing, scenarios: [] })).toBe('# Findings as diagrams\n'))
  it('leaves out the first moments where all do not fit, and says how many', () => {
    const line = { ...records.finding.story.lines[0]!, model: 'x'.repeat(300) }
    const diagram = sequenceDiagram(
      Array.from({ length: 1_000 }, () => line),
      'shop',
    )
    expect(diagram.length).toBeLessThanOrEqual(50_000)
    const left = Number(/(\d+) moments before are left out/.exec(diagram)?.[1])
    expect(left + diagram.split('\n').filter((one) => one.includes('xxx')).length).toBe(1_000)
  })
})

describe('whatever others write', () => {
  const reports = (trials: readonly Traced[]): readonly string[] => [
    perfettoReport(trials),
    otlpReport(trials, '1'),
    shivizReport(trials),
  ]
  it('no secret that has a shape or a name is told', () => {
    for (const report of reports(stormy(`${canary} password=hunter22`))) expect(report).not.toMatch(/canary|hunter22/)
  })
  it('ten megabytes of it are a few lines, in a moment', () => {
    const long = `${'\u001b]0;'.repeat(100)}${'x'.repeat(10_000_000)}`
    const started = performance.now()
    for (const report of reports(stormy(long))) expect(report.length).toBeLessThan(60_000)
    expect(performance.now() - started).toBeLessThan(20_000)
  })
  it('JSON stays JSON and lines stay lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (evil) => {
        const [perfetto, otlp, shiviz] = reports(stormy(evil)) as [string, string, string]
        JSON.parse(perfetto)
        checkMessage(JSON.parse(otlp), 'TracesData', '')
        expect(shiviz.split('\n').length).toBe(shivizReport(stormy('plain')).split('\n').length)
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})
