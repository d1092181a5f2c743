/** `permute-completions`: in which order the calls of a batch come to an end changes nothing but that order. */

import type { VisitedSite } from '../../kernel/tape.js'
import type { TrialResult } from '../trial-result.js'
import { answer, batches, conversation, effects, ended, eventsOf } from './evidence.js'
import type { Change, Relation } from './relation.js'

/** Letting one or two pass shows most of what more would. */
const holds = ['2', '4', '7']

/** `shop.refund#t2.c0/a1@hold` → `t2`. A call of a subagent has a name of its own before that. */
const turnIn = (label: string): string | undefined => /#(?:.*\/)?(t\d+)\.c\d+\/a\d+@hold/.exec(label)?.[1]

const callIn = (label: string): string => label.slice(label.indexOf('#') + 1, label.lastIndexOf('/a'))

export const permuteCompletions: Relation = {
  name: 'permute-completions',
  says: 'the answers to one batch come in another order',
  changes: (plain) => {
    const sites = heldSites(plain)
    return sites.flatMap((site) => (isIndependent(site, sites, plain) ? holdsAt(site) : []))
  },
  shows: (trial) => [ended(trial), effects(trial), ...batches(trial), ...conversation(trial), answer(trial)],
  counts: (plain, changed) => orderIn(plain) !== orderIn(changed),
}

const heldSites = ({ visited = [] }: TrialResult): readonly VisitedSite[] =>
  visited.filter(({ kind, label }) => kind === 'hold' && turnIn(label) !== undefined)

const holdsAt = ({ label }: VisitedSite): readonly Change[] => holds.map((alternative) => ({ label, alternative }))

/** It shares its batch with others, and none of them reads what another writes: a read is made when its answer leaves. */
function isIndependent({ label }: VisitedSite, sites: readonly VisitedSite[], plain: TrialResult): boolean {
  const batch = sites.filter((other) => turnIn(other.label) === turnIn(label))
  if (new Set(batch.map((other) => callIn(other.label))).size < 2) return false
  const turn = `${turnIn(label)}.`
  const asked = eventsOf(plain, 'request-arrived').filter(({ call }) => call?.startsWith(turn))
  return new Set(asked.map(({ kind }) => kind)).size < 2
}

const orderIn = (trial: TrialResult): string =>
  eventsOf(trial, 'tool-returned')
    .map(({ call, attempt }) => `${call}/${attempt}`)
    .join()
