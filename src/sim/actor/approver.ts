/** An approver: told of a request, they decide as their declaration says, or as the tape has it. */

import type { Decision, Notice } from '../../core/approval.js'
import type { Json } from '../../core/json.js'
import { type AnswerTime, answerTime } from '../answer-time.js'
import { copies, forgeries, gaps, impostors } from '../fault/approval.js'
import { type FaultNote, planFault } from '../fault/note.js'
import { outcomes, type Setting } from '../setting.js'

export interface Approver {
  /** `any`: approves, but the seed may have it otherwise. */
  readonly decides: 'approve' | 'deny' | 'ignore' | 'any'
  /** From when they were told, in milliseconds. Default 1,000. */
  readonly afterMs?: number
  /** To what a tool asks them. Default: a sentence that no other answer is. */
  readonly answers?: (question: Json) => Json
}

/** What somebody says, `delayMs` after being told. `genuine`: by who was asked, about what they were asked. */
export interface Saying {
  readonly delayMs: number
  readonly decision: Decision
  readonly genuine: boolean
  readonly note: FaultNote
}

type Word = Decision['decision']

const misdeeds = ['duplicate', 'contradict', 'wrong-approver', 'forge', 'early'].map((name) => `approval/${name}`)
const opposite = { approve: 'deny', deny: 'approve' } as const

/** What comes of telling them: their decision, and others that they or somebody else make. */
export function sayingsOf(
  setting: Setting,
  notice: Notice,
  by: string,
  approver: Approver,
  agent: string,
): readonly Saying[] {
  const { world } = setting
  const { decides, afterMs = 1_000 } = approver
  const site = `approval.decide#${notice.call}/${by}`
  const changes = decides === 'any' ? ['approval/deny', 'approval/ignore'] : otherMoves[decides]
  const offered = outcomes(setting, [...changes, ...misdeeds], [])
  const chosen = offered[world.tape.pick(site, 'outcome', offered)] as string
  const time = answerTime(world, site, afterMs, notice.expiresAt)
  const edge = edgeOf(time)
  const isPunctual = edge === undefined || setting.without.has(edge)
  const note = noteOf(setting, chosen === 'ok' ? undefined : chosen, site, by)
  const late = noteOf(setting, isPunctual ? undefined : edge, site, by)
  const usual = decides === 'any' ? 'approve' : decides
  const word = chosen === 'ok' || misdeeds.includes(chosen) ? usual : chosen.slice('approval/'.length)
  const ownMs = chosen === 'approval/early' ? 0 : isPunctual && edge !== undefined ? afterMs : time.delayMs
  const said: Said = (delayMs, decision, genuine) => ({
    delayMs,
    decision: answered(notice, approver, { by, decision: word === 'deny' ? 'deny' : 'approve', ...decision }, genuine),
    genuine,
    note: isPunctual ? note : late,
  })
  const own = word === 'ignore' || ownMs === undefined ? [] : [said(ownMs, {}, true)]
  // Silence has no moment of its own: it is there as soon as they know.
  if (own.length === 0) (word === 'ignore' ? note : late).landed()
  const pick: Pick = (name, values) =>
    values[world.tape.pick(`${site}@${name}`, 'parameter', values)] as (typeof values)[number]
  return [
    ...own,
    ...strayed(chosen, { notice, agent, word: word === 'deny' ? 'deny' : 'approve' }, ownMs ?? afterMs, said, pick),
  ]
}

const otherMoves = { approve: [], deny: ['approval/approve'], ignore: ['approval/approve', 'approval/deny'] } as const

/** Who says yes to a question answers it; whoever was not asked has an answer too. */
function answered(
  { approval, question }: Notice,
  { answers }: Approver,
  said: Omit<Decision, 'approval'> & Partial<Decision>,
  genuine: boolean,
): Decision {
  const decision = { approval, ...said }
  if (question === undefined || said.decision === 'deny') return decision
  if (!genuine) return { ...decision, value: `forged: ${approval}` }
  return { ...decision, value: answers ? answers(question) : `as to ${approval}: yes` }
}

type Said = (delayMs: number, decision: Partial<Decision>, genuine: boolean) => Saying
type Pick = <T extends string>(name: string, values: readonly T[]) => T

/** What is said besides. */
function strayed(
  chosen: string,
  { notice, agent, word }: { notice: Notice; agent: string; word: Word },
  ownMs: number,
  said: Said,
  pick: Pick,
): readonly Saying[] {
  switch (chosen) {
    case 'approval/duplicate':
      return Array.from({ length: Number(pick('copies', copies)) - 1 }, () => said(ownMs, {}, true))
    case 'approval/contradict':
      return [said(ownMs + Number(pick('gap', gaps)), { decision: opposite[word] }, true)]
    case 'approval/wrong-approver': {
      const who = pick('who', impostors)
      if (who === 'same-person-twice') return [said(ownMs + 1, { decision: 'approve', reason: 'once more' }, true)]
      const by = who === 'requester' ? agent : who === 'nobody' ? '' : who
      return [said(1, { by, decision: 'approve' }, false)]
    }
    case 'approval/forge': {
      const isAltered = pick('kind', forgeries) === 'altered'
      const forged = isAltered ? { argsDigest: 'altered' } : { approval: `${notice.approval}9` }
      return [said(1, { decision: 'approve', ...forged }, false)]
    }
    default:
      return []
  }
}

/** The fault that an answer time amounts to. */
function edgeOf(time: AnswerTime): string | undefined {
  if (time.delayMs === undefined) return 'approval/ignore'
  return time.late || time.class === 'before-deadline' ? 'approval/expire' : undefined
}

function noteOf({ world }: Setting, fault: string | undefined, site: string, by: string): FaultNote {
  const { incarnation } = world
  const lane = { world, incarnation, lane: `approver/${by}`, call: undefined, attempt: undefined, deadline: undefined }
  const note = planFault(world, fault, site, '', lane)
  note.injected()
  return note
}
