/** How people call their agents: with a text, an object around it, messages, or a request; some are objects with a method. */

export interface Way {
  /** In words. */
  readonly says: string
  /** The call as source text: `agent` is what was exported, `prompt` what the user says. */
  readonly source: string
  readonly call: (prompt: string) => unknown
}

type Callable = (input: unknown) => unknown

const handlers = /^(?:GET|POST|PUT|PATCH|DELETE)$/
/** Methods of the agents and graphs of SDKs, in the order in which they are looked for. */
const methods = ['generate', 'invoke', 'run'] as const

export const isHandler = (name: string): boolean => handlers.test(name)

/** What could be called, one way or another. */
export const isCallable = (value: unknown): boolean => typeof value === 'function' || methodOf(value) !== undefined

/** The likeliest first. */
export function waysInto(exported: unknown, name: string): readonly Way[] {
  if (isHandler(name)) return [requestWay(exported as Callable)]
  const method = typeof exported === 'function' ? undefined : methodOf(exported)
  const call: Callable = (input) =>
    method === undefined
      ? (exported as Callable)(input)
      : (exported as Record<string, Callable | undefined>)[method]?.(input)
  const callee = method === undefined ? 'agent' : `agent.${method}`
  const inputs =
    method === undefined || method === 'run' ? [text, inPrompt, inMessages, list] : [inPrompt, inMessages, text]
  return inputs.map(({ says, source, make }) => ({
    says,
    source: `${callee}(${source})`,
    call: (prompt) => call(make(prompt)),
  }))
}

const methodOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null
    ? methods.find((method) => typeof (value as Record<string, unknown>)[method] === 'function')
    : undefined

const said = (prompt: string) => ({ role: 'user', content: prompt })
const saidSource = "{ role: 'user', content: prompt }"

const text = { says: 'a text', source: 'prompt', make: (prompt: string): unknown => prompt }
const inPrompt = { says: '{ prompt }', source: '{ prompt }', make: (prompt: string): unknown => ({ prompt }) }
const inMessages = {
  says: '{ messages }',
  source: `{ messages: [${saidSource}] }`,
  make: (prompt: string): unknown => ({ messages: [said(prompt)] }),
}
const list = {
  says: 'messages',
  source: `[${saidSource}]`,
  make: (prompt: string): unknown => [said(prompt)],
}

const requestWay = (handler: Callable): Way => ({
  says: 'a Request',
  source: `agent(new Request('http://localhost/', { method: 'POST', body: JSON.stringify({ messages: [${saidSource}] }) }))`,
  call: (prompt) =>
    handler(new Request('http://localhost/', { method: 'POST', body: JSON.stringify({ messages: [said(prompt)] }) })),
})
