/** Judges a trial by its like: what a relation promises to stay as it is, told by the first thing that did not. */

import type { Told } from '../core/compared.js'
import type { EventOf } from '../core/event.js'
import type { Judge, Judgement } from './judgement.js'

/** `clauses`: of the relations that serve a promise, which clause each is for. */
export function judgeCompared(
  event: EventOf<'trials-compared'>,
  clauses: Readonly<Record<string, string>>,
  judge: Judge,
): Judgement {
  const clause = clauses[event.relation]
  if (clause === undefined) return judge.skip
  const apart = firstApart(event.plain, event.changed)
  if (!apart) return judge.held
  const { says, at } = event
  const because = `when ${says} (${at.label}: ${at.alternative}) and nothing else changed, ${apart}`
  return judge.broken(because, { clause, witness: [event.seq] })
}

const none: Told = ['', 'nothing']

function firstApart(plain: readonly Told[], changed: readonly Told[]): string | undefined {
  for (let place = 0; place < Math.max(plain.length, changed.length); place++) {
    const [was, is] = [plain[place] ?? none, changed[place] ?? none]
    if (was[0] === is[0] && was[1] === is[1]) continue
    const [before, after] = excerpts(was[1], is[1])
    return `${is[0] || was[0]}: ${after}; without it: ${before}`
  }
  return undefined
}

const lead = 40
const most = 160

/** What two texts say where they part. */
function excerpts(one: string, other: string): readonly [string, string] {
  let same = 0
  while (same < one.length && one[same] === other[same]) same++
  const from = Math.max(0, same - lead)
  const cut = (text: string): string =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + most)}${text.length > from + most ? '…' : ''}`
  return [cut(one), cut(other)]
}
