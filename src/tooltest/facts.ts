/** What a tool does, read from its requests on a few calm calls, and from what its author says of it. */

import type { Effect } from '../core/tool.js'
import type { Claims } from './options.js'
import { calmCall } from './run/case.js'
import type { CaseHistory } from './run/case-history.js'
import type { Play } from './run/play.js'
import type { TakenTool } from './take/taken-tool.js'

type From = 'claimed' | 'declared' | 'inferred'

export interface Facts {
  readonly effect: Effect
  readonly effectFrom: From
  /** Repeating a call under its key is meant to be harmless, by what its author says or by the key it sends; `none`: said to be harmful. */
  readonly keyed: From | 'none' | undefined
  readonly hasOutput: boolean
  readonly compensates: boolean
  /** `POST to api.shop.example`, most frequent first. */
  readonly requests: readonly string[]
  /** The most requests that one call sent. */
  readonly requestsPerCall: number
  /** A host that no backend stands for was asked: what its answers mean is made up. */
  readonly madeUp: boolean
  /** Of the calm calls, how many returned; and what most of the others threw. */
  readonly calm: { readonly calls: number; readonly returned: number; readonly threw: string | undefined }
  /** It changes the input that it was given. */
  readonly mutatesInput: boolean
  /** Things that escaped the world, each once. */
  readonly leaks: readonly string[]
}

export async function factsOf(
  tool: TakenTool,
  claims: Claims,
  compensates: boolean,
  inputs: readonly unknown[],
  play: Play,
): Promise<Facts> {
  const histories: CaseHistory[] = []
  for (const input of inputs) histories.push(await play(calmCall(input)))
  const requests = histories.flatMap((one) => one.requests)
  const places = requests.map(({ method, url }) => `${method} to ${new URL(url).host}`)
  const changes = histories.some(({ effects }) => effects.length > 0)
  const { effect } = tool.declared
  const calls = histories.flatMap((one) => one.calls)
  const threw = calls.flatMap(({ outcome }) =>
    outcome.kind === 'threw' ? [`${outcome.error.name}: ${outcome.error.message}`] : [],
  )
  return {
    effect: claims.effect ?? effect ?? (changes ? 'write' : 'read'),
    effectFrom: claims.effect ? 'claimed' : effect ? 'declared' : 'inferred',
    keyed: keyedFrom(tool, claims, histories),
    hasOutput: tool.output !== undefined,
    compensates: compensates || tool.declared.compensate !== undefined,
    requests: frequent(places),
    requestsPerCall: Math.max(0, ...histories.map((one) => one.requests.length)),
    madeUp: histories.some((one) => one.requests.some(({ madeUp }) => madeUp)),
    calm: {
      calls: calls.length,
      returned: calls.filter(({ outcome }) => outcome.kind === 'returned').length,
      threw: frequent(threw)[0],
    },
    mutatesInput: calls.some((call) => call.mutatedInput),
    leaks: [...new Set(histories.flatMap((one) => one.leaks))],
  }
}

function keyedFrom({ declared }: TakenTool, claims: Claims, histories: readonly CaseHistory[]): Facts['keyed'] {
  if (claims.key) return 'claimed'
  if (declared.idempotency) return declared.idempotency === 'none' ? 'none' : 'declared'
  return histories.some((one) => one.requests.some(({ key }) => key !== undefined)) ? 'inferred' : undefined
}

/** Each once, the most frequent first. */
function frequent(all: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one).map(([text]) => text)
}
