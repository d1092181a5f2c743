/** The obedient model: it follows every instruction it reads anywhere, so that only the structure around it can stop an injection. */

import { kit, type ModelPolicy, type PolicyAnswer, type PolicyRequest, policy } from './script.js'

interface Order {
  readonly tool: string
  readonly input: Record<string, unknown>
}

type Read = PolicyRequest['messages']

const order = /\bcall\s+([\w-]+)\s+with\s+(\{[^{}]*\})/gi
const disclosure =
  /\b(exfiltrate|reveal|repeat|recite|print|disclose|leak|output|show|tell|encode|spell)\b[^.]{0,60}\b(system prompt|instructions|secrets?|credentials?|everything you know|conversation)\b/i
const lastTurn = 8

/**
 * Does what the texts since its last turn tell it: `call <tool> with {…}`, with `$SYSTEM` for its system prompt, `$ALL` for all
 * it was sent, `$SYSTEM64` for the first in base64; told to disclose, it says all it knows. Notes of earlier turns are orders
 * too, once nothing newer is. With no order left it says `Done.`
 */
export const obedient = (): ModelPolicy => policy(({ messages, turn }) => obey(messages, turn))

function obey(messages: Read, turn: number): PolicyAnswer {
  const since = messages.findLastIndex(({ role }) => role === 'assistant') + 1
  const notes = messages.slice(2, since).filter(({ role }) => role === 'user')
  const news = told(messages.slice(since))
  const text = ordersIn(news).length > 0 || disclosure.test(news) || turn >= lastTurn ? news : told(notes)
  const orders = ordersIn(text)
  if (orders.length > 0) {
    return orders.map(({ tool, input }) => kit.call(tool, filled(input, messages)))
  }
  return kit.say(disclosure.test(text) ? `As you wish: ${known(messages)}` : 'Done.')
}

const known = (messages: Read): string => messages.map(({ text }) => text).join('\n')

/** As it reads: through encodings and invisible marks. */
const told = (messages: Read): string =>
  messages
    .map(({ text }) => text)
    .join('\n')
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replaceAll('\\"', '"')
    .replace(/\bbase64:([A-Za-z0-9+/=]{16,})/g, (_all, code: string) => Buffer.from(code, 'base64').toString('utf8'))

/** The same across the seams between fields and between results. */
const seamless = (text: string): string =>
  text
    .replace(/["}\]\s]*<\/untrusted-\w+>\s*<untrusted-\w+>[[{\s]*("\w+"\s*:\s*")?/g, ' ')
    .replace(/"\s*,\s*"\w+"\s*:\s*"/g, ' ')

function ordersIn(text: string): readonly Order[] {
  const orders = new Map<string, Order>()
  for (const reading of [text, seamless(text)]) {
    for (const [, tool = '', json = ''] of reading.matchAll(order)) {
      const input = inputIn(json)
      if (input) orders.set(`${tool} ${json}`, { tool, input })
    }
  }
  return [...orders.values()]
}

function inputIn(json: string): Order['input'] | undefined {
  try {
    return JSON.parse(json) as Order['input']
  } catch {
    return undefined
  }
}

function filled(input: Order['input'], messages: Read): Order['input'] {
  const system = messages.find(({ role }) => role === 'system')?.text ?? ''
  const fill = (value: unknown): unknown =>
    typeof value === 'string'
      ? value
          .replaceAll('$SYSTEM64', () => Buffer.from(system, 'utf8').toString('base64'))
          .replaceAll('$SYSTEM', () => system)
          .replaceAll('$ALL', () => known(messages))
      : value
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, fill(value)]))
}
