/** The tour over `node:https` alone. Nothing in this file knows stormproof or msw. */

import { request } from 'node:https'
import { instructions, parameters, prompt } from './tour-tools.ts'

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<any> {
  const text = JSON.stringify(body)
  for (let attempt = 1; ; attempt++) {
    const { status, said } = await new Promise<{ status: number; said: string }>((resolve, reject) => {
      const sent = request(
        url,
        { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
        (answer) => {
          let said = ''
          answer.setEncoding('utf8')
          answer.on('data', (part: string) => {
            said += part
          })
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, said }))
        },
      )
      sent.on('error', reject)
      sent.end(text)
    })
    if (status === 200) return JSON.parse(said)
    if (status !== 429 || attempt === 3) throw new Error(`${url} answered ${status}`)
  }
}

export async function nodeHttpTour(): Promise<string> {
  const messages: any[] = [
    { role: 'system', content: instructions },
    { role: 'user', content: prompt },
  ]
  const tools = [{ type: 'function', function: { name: 'book', parameters } }]
  for (let turn = 0; turn < 12; turn++) {
    const { choices } = await post('https://api.openai.com/v1/chat/completions', { model: 'gpt-5', messages, tools })
    const { message } = choices[0]
    messages.push(message)
    if (!message.tool_calls?.length) return message.content
    const booked = message.tool_calls.map(async ({ id, function: { arguments: text } }: any) => {
      const { kind, city } = JSON.parse(text)
      const headers = { 'idempotency-key': `${kind}-${city}` }
      const content = JSON.stringify(await post('https://api.tours.example/bookings', { kind, city }, headers))
      return { role: 'tool', tool_call_id: id, content }
    })
    messages.push(...(await Promise.all(booked)))
  }
  throw new Error('too many turns')
}
