/** What strikes a request of a call: faults of the simulated services, under the names the card uses. */

import type { Source } from '../../kernel/source.js'

interface Strike {
  /** The fault of the simulation, chosen as the outcome of the request. */
  readonly outcome?: string
  readonly time?: string
  readonly parameters?: Readonly<Record<string, string>>
  /** What the card says. */
  readonly says: string
}

const strikes = {
  'rate-limited': { outcome: 'tool/rate-limited', says: 'answered 429' },
  refused: { outcome: 'tool/error', parameters: { kind: 'permanent' }, says: 'answered 422' },
  unavailable: { outcome: 'tool/error', says: 'answered 503' },
  'no-connection': { outcome: 'transport/refused', says: 'connection refused' },
  'request-lost': { outcome: 'tool/timeout-before-effect', says: 'request lost' },
  'answer-lost': { outcome: 'tool/timeout-after-effect', says: 'answer lost' },
  'answer-cut': { outcome: 'transport/reset', parameters: { at: 'mid-body' }, says: 'answer cut short' },
  'no-answer': { time: 'never', says: 'never answered' },
  slow: { time: 'x64', says: 'slow answer' },
  slower: { time: 'x8', says: 'answered after 0.8 s' },
  'crash-before': { outcome: 'process/crash-before-effect', says: 'crash before it arrived' },
  'crash-after': { outcome: 'process/crash-after-effect', says: 'crash after it took effect' },
} as const satisfies Readonly<Record<string, Strike>>

export type TroubleName = keyof typeof strikes

export interface Trouble {
  /** Which call of the case, from 0. */
  readonly call: number
  /** Which of its requests, from 0. */
  readonly request: number
  readonly what: TroubleName
}

export const saysOf = (what: TroubleName): string => strikes[what].says

/** Decides for the world: these troubles where they belong, and nothing else. `struck` is told of each that came to be. */
export function troubledSource(troubles: readonly Trouble[], struck: (trouble: Trouble) => void): Source {
  const sent = new Map<number, number>()
  let current: Strike | undefined
  const outcome = (call: number, alternatives: readonly string[]): number => {
    const request = sent.get(call) ?? 0
    sent.set(call, request + 1)
    const trouble = troubles.find((one) => one.call === call && one.request === request)
    current = trouble && strikes[trouble.what]
    const index = current?.outcome === undefined ? 0 : alternatives.indexOf(current.outcome)
    // A fault that cannot strike this request, as a lost answer of a read, does not.
    if (trouble && (index > 0 || current?.time !== undefined)) struck(trouble)
    return Math.max(0, index)
  }
  return {
    pick(label, _hash, kind, alternatives) {
      if (kind === 'outcome') {
        const call = /#c(\d+)\//.exec(label)
        return call ? outcome(Number(call[1]), alternatives) : 0
      }
      const wanted = kind === 'time' ? current?.time : kind === 'parameter' ? parameterOf(current, label) : undefined
      return wanted === undefined ? 0 : Math.max(0, alternatives.indexOf(wanted))
    },
    below: () => 0,
  }
}

/** The details of a fault are chosen right after it, at `<site>@<parameter>`. */
const parameterOf = (strike: Strike | undefined, label: string): string | undefined =>
  strike?.parameters?.[/@([\w-]+)(~\d+)?$/.exec(label)?.[1] ?? '']
