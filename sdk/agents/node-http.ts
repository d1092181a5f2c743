/** A plain function over `node:https`: no SDK, no `fetch`. Nothing in this file knows stormproof. */

import { request } from 'node:https'

interface Call {
  readonly id: string
  readonly function: { readonly name: string; readonly arguments: string }
}
interface Message {
  readonly content: string | null
  readonly tool_calls?: readonly Call[]
}

/** One request, one answer: no retry, and a minute of patience. */
async function ask(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
  const text = await new Promise<string>((resolve, reject) => {
    const sent = request(url, { method, headers: { 'content-type': 'application/json', ...headers } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
      })
      answer.on('error', reject)
      answer.on('end', () => {
        if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`))
        else resolve(text)
      })
    })
    sent.setTimeout(60_000, () => sent.destroy(new Error(`${url} did not answer`)))
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
  return JSON.parse(text)
}

const api = 'https://api.shop.example'
const functions: Readonly<Record<string, (input: any) => Promise<unknown>>> = {
  findOrder: ({ orderId }) => ask('GET', `${api}/orders/${orderId}`),
  charge: ({ orderId, cents }) => ask('POST', `${api}/orders/${orderId}/charges`, { cents }),
  mail: (input) => ask('POST', `${api}/mails`, input),
}
const tools = Object.entries({ findOrder: ['orderId'], charge: ['orderId', 'cents'], mail: ['orderId', 'text'] }).map(
  ([name, required]) => ({ type: 'function', function: { name, parameters: { type: 'object', required } } }),
)

async function carryOut({ id, function: { name, arguments: text } }: Call): Promise<object> {
  const content = await Promise.resolve()
    .then(() => functions[name]?.(JSON.parse(text)))
    .then(JSON.stringify, (error: Error) => JSON.stringify({ error: error.message }))
  return { role: 'tool', tool_call_id: id, content: content ?? 'there is no such tool' }
}

export async function nodeHttpAgent(prompt: string): Promise<string> {
  const messages: object[] = [{ role: 'user', content: prompt }]
  const headers = { authorization: `Bearer ${process.env['OPENAI_API_KEY']}` }
  for (let turn = 0; turn < 8; turn++) {
    const body = { model: 'gpt-5', messages, tools }
    const { choices } = await ask('POST', 'https://api.openai.com/v1/chat/completions', body, headers)
    const message = choices[0].message as Message
    messages.push(message)
    if (!message.tool_calls?.length) return message.content ?? ''
    messages.push(...(await Promise.all(message.tool_calls.map(carryOut))))
  }
  throw new Error('too many turns')
}
