/** A case as lines: each call, what the services made of it, and how it ended. */

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
    const { input, undo, beside, abortAtMs } = call.planned
    const how = `${beside ? '∥ ' : ''}${undo ? 'compensate' : name}(${inputText(input)})`
    const aborted = abortAtMs === undefined ? '' : ` aborted at ${abortAtMs} ms`
    const where = sent.find((request) => request.where !== '')?.where
    return `${how}${aborted}  ──▶ ${parts.join('  ')}${where ? `  ${where}` : ''}`
  })
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
