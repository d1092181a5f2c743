/** A case as lines: each call, what the services made of it, and how it ended. */

import type { StoryLine } from '../report/story.js'
import type { Case, PlannedCall } from './run/case.js'
import type { CallHistory, CaseHistory, EffectSeen } from './run/case-history.js'
import { saysOf } from './run/trouble.js'

const longest = 160

/** One line a call; with the line of code that sent its first request, where it was looked for. */
export function storyLines(name: string, history: CaseHistory): readonly string[] {
  return history.calls.map((call, index) => {
    const sent = history.requests.filter((request) => request.call === index)
    const effects = history.effects.filter((effect) => effect.call === index)
    const struck = history.struck.filter((trouble) => trouble.call === index)
    const parts = [
      ...(effects.length === 0 ? sent.slice(0, 3).map(({ method, url }) => `${method} ${shortUrl(url)}`) : []),
      ...effects.slice(0, 4).map((effect) => `${effectText(effect)} applied at ${effect.atMs} ms`),
      ...struck.map(({ what }) => `⚡ ${saysOf(what)}`),
      ending(call),
    ]
    const where = sent.find((request) => request.where !== '')?.where
    return `${callText(name, call.planned)}  ──▶ ${parts.join('  ')}${where ? `  ${where}` : ''}`
  })
}

/** The calls of a case of which nothing else is known. */
export const plannedLines = (name: string, { calls }: Case): readonly string[] =>
  calls.map((call) => callText(name, call))

function callText(name: string, { input, undo, beside, abortAtMs }: PlannedCall): string {
  const aborted = abortAtMs === undefined ? '' : ` aborted at ${abortAtMs} ms`
  return `${beside ? '∥ ' : ''}${undo ? 'compensate' : name}(${inputText(input)})${aborted}`
}

/** The same in the lanes of a finding's story: who asked and what it got, and what truly happened beside it. */
export function caseStory(name: string, history: CaseHistory): readonly StoryLine[] {
  const line = (vt: number, part: Partial<StoryLine>): StoryLine => ({
    ...{ seq: 0, vt, model: '', tools: '', backend: '', flow: 'none', mark: 'plain' },
    ...part,
  })
  const lines = history.calls.flatMap((call, index) => {
    const struck = history.struck.filter((trouble) => trouble.call === index)
    const sent = history.requests.filter((request) => request.call === index)
    const effects = history.effects.filter((effect) => effect.call === index)
    return [
      line(call.startMs, { tools: callText(name, call.planned) }),
      ...sent.map(({ atMs, method, url }) => line(atMs, { tools: `${method} ${shortUrl(url)}`, flow: 'request' })),
      ...effects.map((effect) => line(effect.atMs, { backend: `${effectText(effect)}   ✓ applied`, mark: 'applied' })),
      ...struck.map(({ request, what }) =>
        line(sent[request]?.atMs ?? call.startMs, { backend: `⚡ ${saysOf(what)}`, mark: 'fault' }),
      ),
      ...(call.endMs === undefined ? [] : [line(call.endMs, { tools: `◀ ${ending(call)}` })]),
    ]
  })
  return lines.toSorted((one, other) => one.vt - other.vt).map((one, seq) => ({ ...one, seq }))
}

function effectText({ backend, operation, input }: EffectSeen): string {
  const isMadeUp = / /.test(operation)
  if (!isMadeUp) return `${backend}.${operation} ${inputText(input)}`
  const [method, path] = operation.split(' ')
  return shortened(`${method} ${backend}${path}`)
}

function ending({ outcome, startMs, endMs }: CallHistory): string {
  const afterMs = endMs === undefined ? '' : ` after ${endMs - startMs} ms`
  switch (outcome.kind) {
    case 'returned':
      return `returned ${shortened(inputText(outcome.value))}${afterMs}`
    case 'threw':
      return `threw ${shortened(`${outcome.error.name}: ${outcome.error.message}`)}${afterMs}`
    case 'given-up':
      return `given up${afterMs}`
    case 'died':
      return 'its process died'
    case 'waiting':
      return 'still waiting'
  }
}

const shortUrl = (url: string): string => shortened(url.replace(/^https?:\/\//, ''))

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}

/** As one would write it in code. */
function inputText(value: unknown): string {
  return shortened(written(value))
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    const fields = Object.entries(value).map(
      ([name, one]) => `${/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name)}: ${written(one)}`,
    )
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
  }
  return typeof value === 'bigint' || typeof value === 'symbol'
    ? String(value)
    : (JSON.stringify(value) ?? String(value))
}
