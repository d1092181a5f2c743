/** What a tool does, read from its requests on a few calm calls, and from what its author says of it. */

import type { Effect } from '../core/tool.js'
import { marker, textPlaces, withText } from './input/text-at.js'
import type { Claims } from './options.js'
import { calmCall } from './run/case.js'
import type { CaseHistory } from './run/case-history.js'
import { reads } from './run/made-up-service.js'
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
  /** Which of the requests of a call, from 0, change something: of the call that changes most. */
  readonly changesAt: readonly number[]
  /** It may be given a text of the caller's own, not only one of a few. */
  readonly takesText: boolean
  /** Its services may answer with more than anybody can read. */
  readonly stretches: boolean
  /** A host that no backend stands for was asked: what its answers mean is made up. */
  readonly madeUp: boolean
  /** Of the calm calls, how many returned; and what most of the others threw. */
  readonly calm: { readonly calls: number; readonly returned: number; readonly threw: string | undefined }
  /** It changes the input that it was given. */
  readonly mutatesInput: boolean
  /** Things that escaped the world, each once. */
  readonly leaks: readonly string[]
}

/** So many requests of one call are told apart. */
const mostRequests = 6
/** So many calm calls are made again with longer answers. */
const mostStretched = 2

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
    changesAt: changesOf(histories),
    takesText: inputs.some((input) =>
      textPlaces(input).some((place) => tool.input.check(withText(input, place, marker)).ok),
    ),
    stretches: await stretches(histories, play),
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

function changesOf(histories: readonly CaseHistory[]): readonly number[] {
  const each = histories.map(({ requests }) =>
    requests.flatMap(({ method }, at) => (reads.includes(method) || at >= mostRequests ? [] : [at])),
  )
  return each.reduce((most, one) => (one.length > most.length ? one : most), [])
}

/** A list that a backend answered with, or a call that asks again because there is another page. */
async function stretches(calm: readonly CaseHistory[], play: Play): Promise<boolean> {
  for (const history of calm.filter(({ requests }) => requests.length > 0).slice(0, mostStretched)) {
    for (const stretch of ['endless', 'huge'] as const) {
      const long = await play({ ...history.planned, stretch })
      const isRead = long.requests.length > history.requests.length || long.requests.every(({ madeUp }) => !madeUp)
      if (long.isStretched && isRead) return true
    }
  }
  return false
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
