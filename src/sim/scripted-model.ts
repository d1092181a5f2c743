/** The scripted model: it plays its script, reacts to failures, misbehaves when the tape says so, and refuses malformed histories. */

import { isStormproofError, StormproofError } from '../core/error.js'
import { sameCanonical } from '../core/json.js'
import type { Message, ToolResult } from '../core/message.js'
import { strictPairing } from '../core/pairing.js'
import type { ToolSpec } from '../core/tool.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { answerTime } from './answer-time.js'
import { drawFrom } from './draw.js'
import { answerFaultsOn } from './fault/answer-faults-on.js'
import { strictProvider } from './fault/model/strict-provider.js'
import { answerFaults } from './fault/model.js'
import { answerAfterMs, type ModelFault } from './fault/model-fault.js'
import { planFault } from './fault/note.js'
import { picker } from './fault/picker.js'
import { crashAfter, crashBefore } from './fault/process.js'
import { type Habits, habitsIn, type Strayed } from './habit.js'
import type { AnswerReply, ModelReply } from './model-reply.js'
import { noteOffer } from './offered-tools.js'
import { type Played, playAgain, playEntry, playOwed, say, soundAnswer } from './play.js'
import { isClocked, strikeClock } from './process-clock.js'
import { processFaultsAt, strikeProcess } from './process-control.js'
import { type EarlierCall, earlierCalls, type Failed, type Reading, readPrompt, readsAsFailure } from './prompt.js'
import { saidCalls } from './said-calls.js'
import { type Entry, kit, type PolicyDefinition, readEntry } from './script.js'
import { knownOutcomes, type Setting } from './setting.js'
import { layoutAt, nominalGapMs, textSent } from './stream.js'

export interface ModelQuestion {
  readonly messages: readonly Message[]
  readonly tools: readonly ToolSpec[]
  /** The turn, where whoever asks knows it: a prompt may have dropped earlier ones. */
  readonly turn?: number
  /** Of this turn, from 1; undefined: the model counts the times it was asked. */
  readonly attempt: number | undefined
  /** Why a provider refuses this history, when it does. */
  readonly refusal?: string | undefined
  /** A provider's own rules have judged the history; otherwise the model holds it to the strictest ones. */
  readonly judged: boolean
  /** The answer is wanted in pieces, as it comes. */
  readonly streams: boolean
}

export type OnFailure = 'any' | 'again' | 'go-on' | 'give-up'

export interface ModelPlan {
  readonly entries: readonly Entry[]
  readonly policy: PolicyDefinition | undefined
  readonly onFailure: OnFailure
}

export interface ScriptedModel {
  /** `respond` is called at most once, when the answer arrives and the asker still lives. */
  ask(question: ModelQuestion, scope: Scope, respond: (reply: ModelReply) => void): void
  /** Entries nobody asked for, and how often the model was asked for more than its script has. */
  leftover(): { readonly unplayed: number; readonly beyond: number }
}

const nominalMs = 1_000
const reactions = ['go-on', 'again', 'give-up'] as const
/** Calling again after a failure ends here, so that a script always goes on in the end. */
const againAtMost = 3

export function scriptedModel(setting: Setting, plan: ModelPlan, failedCall: (id: string) => boolean): ScriptedModel {
  const { world } = setting
  const asked = new Map<number, number>()
  /** The prompt of each turn that was answered. */
  const answered = new Map<number, readonly Message[]>()
  const said = saidCalls()
  const habits = habitsIn(world, said)
  const isFailed: Failed = (result) => (!said.isForeign(result.id) && failedCall(result.id)) || readsAsFailure(result)
  const repeats = new Map<number, Repeat>()
  const player = playerOf(setting, plan, isFailed)
  return {
    leftover: player.leftover,
    ask: (question, scope, respond) => {
      const { messages, streams } = question
      const read = readPrompt(messages, plan.entries, isFailed, said)
      const reading = question.turn === undefined ? read : { ...read, turn: question.turn }
      const { turn } = reading
      const attempt = question.attempt ?? (asked.get(turn) ?? 0) + 1
      asked.set(turn, attempt)
      const refusal = question.refusal ?? (question.judged ? undefined : describePairing(messages))
      receive(setting, question, turn, attempt, refusal, scope)
      const site = `model/t${turn}/a${attempt}`
      const send: Send = (reply, delayMs, landed, gapMs = nominalGapMs) => {
        const { sent, heard } = sentReply(habits, turn, reply)
        if (sent.kind === 'answer') answered.set(turn, messages)
        const streamed = streams && sent.kind === 'answer'
        const arriving = streamed ? streaming(setting, site, sent, gapMs, landed) : sent
        world.complete(site, delayMs, () => {
          if (!isAlive(scope)) return
          if (sent.kind === 'answer' && sent.strayed !== undefined)
            world.emit('model-strayed', { turn, attempt, fault: sent.strayed }, scope.lane)
          world.emit('model-answered', seenAs(sent, turn, attempt), scope.lane)
          heard()
          if (!streamed) landed()
          respond(arriving)
        })
      }
      if (refusal !== undefined) return refuse(setting, site, refusal, scope, send)
      const meant = orMisuse(setting, () => player.next(question, reading))
      if (!meant) return
      const { played, strayed } = habits.played(turn, withTools(meant, question))
      const before = answered.get(turn)
      const due: Due = {
        played: withTools(played, question),
        again: before !== undefined && sameCanonical(before, messages),
        later: reading.hasCalled && question.tools.length > 0,
        delegates: played.calls.some(({ tool }) => setting.subagents?.has(tool)),
        earlier: () => earlierCalls(messages, isFailed, said),
        send: strayed ? straying(send, strayed) : send,
        ...{ site, scope, turn, streams, tools: question.tools, repeats, habits },
      }
      answer(setting, due)
    },
  }
}

/** Whatever becomes of its answer, it is not the one that was meant. */
const straying =
  (send: Send, { fault, heard }: Strayed): Send =>
  (reply, delayMs, landed, gapMs) => {
    const isAnswer = reply.kind === 'answer'
    const both = (): void => {
      if (isAnswer) heard()
      landed()
    }
    send(isAnswer ? { ...reply, strayed: fault } : reply, delayMs, both, gapMs)
  }

function refuse(setting: Setting, site: string, text: string, scope: Scope, send: Send): void {
  const note = planFault(setting.world, strictProvider.name, site, '', scope)
  note.injected()
  send({ kind: 'refused', text }, nominalMs, note.landed)
}

/**
 * What the author of a scenario got wrong ends the trial, and not the agent's request: an agent would report a model that
 * fails, and nobody the mistake.
 */
function orMisuse(setting: Setting, play: () => Played): Played | undefined {
  try {
    return play()
  } catch (error) {
    setting.world.timer(0, () => {
      throw misuse(error)
    })
    return undefined
  }
}

function misuse(error: unknown): StormproofError {
  if (isStormproofError(error)) return error
  return new StormproofError(
    'scenario',
    `the model's policy threw: ${error instanceof Error ? error.message : String(error)}`,
    {
      remedy: 'a policy must answer whatever it is sent: calls or a text',
      cause: error,
    },
  )
}

type Send = (reply: ModelReply, delayMs: number, landed: () => void, gapMs?: number) => void

/** A question about to be answered. */
interface Due {
  readonly site: string
  readonly scope: Scope
  readonly played: Played
  readonly turn: number
  readonly streams: boolean
  readonly tools: readonly ToolSpec[]
  readonly again: boolean
  readonly later: boolean
  readonly delegates: boolean
  readonly earlier: () => readonly EarlierCall[]
  readonly send: Send
  readonly repeats: Map<number, Repeat>
  readonly habits: Habits
}

/** A reply that comes to the next attempts of its turn too. */
interface Repeat {
  readonly reply: ModelReply
  readonly delayMs: number
  left: number
}

function streaming(setting: Setting, site: string, reply: AnswerReply, gapMs: number, landed: () => void): AnswerReply {
  return { ...reply, stream: { layout: layoutAt(setting.world, site), gapMs, flaw: reply.flaw, landed } }
}

function playerOf(setting: Setting, plan: ModelPlan, isFailed: Failed) {
  const reacted = new Map<number, string>()
  let played = 0
  let beyond = 0
  /** The same prompt gets the same reaction, a retry and a second incarnation included. */
  const reaction = (turn: number): string => {
    if (plan.onFailure !== 'any') return plan.onFailure
    const known = reacted.get(turn)
    if (known !== undefined) return known
    const chosen = reactions[setting.world.tape.pick(`model/t${turn}@reaction`, 'reaction', reactions)] as string
    reacted.set(turn, chosen)
    return chosen
  }
  const next = (question: ModelQuestion, reading: Reading): Played => {
    if (plan.policy) return playPolicy(setting, plan.policy, question, reading, isFailed)
    if (reading.owed.length > 0) return playOwed(reading, plan.entries, question.messages, isFailed)
    if (reading.failed.length > 0) {
      const chosen = reaction(reading.turn)
      if (chosen === 'give-up') return say('I could not do this: a tool failed.')
      if (chosen === 'again' && reading.failedInARow <= againAtMost) return playAgain(reading)
    }
    const entry = plan.entries[reading.position]
    if (entry) {
      played = Math.max(played, reading.position + 1)
      return playEntry(entry, reading.position, question.messages, isFailed)
    }
    beyond++
    return say('Done.')
  }
  return { next, leftover: () => ({ unplayed: plan.policy ? 0 : plan.entries.length - played, beyond }) }
}

/** A model that is offered no tools cannot call any. */
function withTools(played: Played, question: ModelQuestion): Played {
  if (question.tools.length > 0 || played.calls.length === 0) return played
  return say('I have no tools left to go on with.')
}

function answer(setting: Setting, due: Due): void {
  const { world } = setting
  const { site, scope, played, turn, send, repeats, habits } = due
  const struck = setting.weather?.model()
  if (struck) return send(struck, answerAfterMs, () => undefined)
  const repeat = repeats.get(turn)
  if (repeat && repeat.left > 0 && !world.tape.calm) {
    repeat.left--
    return send(repeat.reply, repeat.delayMs, unchanged)
  }
  const alternatives = knownOutcomes(
    setting,
    answerFaultsOn(played.calls.length, due, isClocked(world)),
    processFaultsAt(setting, 'turn'),
  )
  const chosen = alternatives[world.tape.pick(site, 'outcome', alternatives)] as string
  if (chosen === 'ok') return answerInTime(setting, due)
  const note = planFault(world, chosen, site, '', scope)
  note.injected()
  if (chosen === crashBefore || chosen === crashAfter) {
    note.landed()
    setting.crash?.()
    return
  }
  if (strikeClock(world, chosen, site, note) || strikeProcess(setting, chosen, site, note))
    return answerInTime(setting, due)
  const fault = answerFaults.find(({ name }) => name === chosen) as ModelFault
  const [reply, delayMs, times = 1, habit] = fault.spoil({
    played,
    turn,
    streams: due.streams,
    tools: due.tools,
    earlier: due.earlier,
    isSubagent: (tool) => setting.subagents?.has(tool) ?? false,
    pick: picker(world, site, fault),
  })
  if (times > 1) repeats.set(turn, { reply, delayMs, left: times - 1 })
  if (habit) habits.begin(habit, note)
  send(reply, delayMs, habit ? unchanged : note.landed)
}

const unchanged = (): void => undefined

function sentReply(habits: Habits, turn: number, reply: ModelReply) {
  if (reply.kind !== 'answer') return { sent: reply, heard: unchanged }
  const { answer, heard } = habits.sent(turn, reply.answer)
  return { sent: { ...reply, answer }, heard }
}

function answerInTime(setting: Setting, { site, scope, played, turn, streams, send }: Due): void {
  const usualMs = nominalMs * (setting.weather?.slower(site) ?? 1)
  const time = answerTime(setting.world, site, usualMs, scope.deadline)
  const fault = time.class === 'nominal' ? undefined : time.late ? 'model/timeout' : 'model/delay'
  const note = planFault(setting.world, fault, site, time.class, scope)
  note.injected()
  if (time.delayMs === undefined) return void setting.world.timer(nominalMs, note.landed)
  const reply: ModelReply = { kind: 'answer', answer: soundAnswer(played, turn) }
  const slow = fault === 'model/delay' && streams && slowIn(setting, site) === 'chunk'
  if (slow) send(reply, nominalMs, note.landed, (nominalGapMs * time.delayMs) / nominalMs)
  else send(reply, time.delayMs, note.landed)
}

const slowParts = ['response', 'chunk'] as const

/** What a slow answer that streams is slow in: its first chunk, or every one. */
const slowIn = (setting: Setting, site: string) =>
  slowParts[setting.world.tape.pick(`${site}@per`, 'parameter', slowParts)]

function playPolicy(
  setting: Setting,
  policy: PolicyDefinition,
  question: ModelQuestion,
  reading: Reading,
  isFailed: Failed,
): Played {
  const messages = question.messages.map((message) => ({ role: message.role, text: textOf(message) }))
  const draw = drawFrom(setting.world, `policy/t${reading.turn}`)
  const entry = readEntry(
    policy.next({ messages, turn: reading.turn, tools: question.tools }, kit, draw),
    `turn ${reading.turn} of the policy`,
  )
  return playEntry(entry, reading.turn - 1, question.messages, isFailed)
}

function textOf(message: Message): string {
  return message.role === 'tool' ? message.results.map((result: ToolResult) => result.content).join('\n') : message.text
}

function receive(
  setting: Setting,
  question: ModelQuestion,
  turn: number,
  attempt: number,
  refusal: string | undefined,
  scope: Scope,
): void {
  const messages = question.messages.slice()
  noteOffer(setting.world, question.tools)
  const payload = { turn, attempt, messages, tools: question.tools.map((tool) => tool.name) }
  setting.world.emit('prompt-received', refusal === undefined ? payload : { ...payload, refused: refusal }, scope.lane)
}

function describePairing(messages: readonly Message[]): string | undefined {
  const fault = strictPairing(messages)
  return fault && `messages.${fault.at}: ${fault.kind}${fault.ids.length > 0 ? ` (${fault.ids.join(', ')})` : ''}`
}

function seenAs(reply: ModelReply, turn: number, attempt: number) {
  const nothing = { turn, attempt, text: '', calls: [], stop: 'other' as const, complete: false, status: 0 }
  if (reply.kind === 'answer')
    return {
      ...nothing,
      text: textSent(reply.answer.text, reply.flaw),
      calls: reply.answer.calls,
      stop: reply.answer.stop,
      complete: reply.flaw?.kind !== 'cut' && reply.body === undefined,
      status: 200,
    }
  return reply.kind === 'lost' ? nothing : { ...nothing, status: reply.kind === 'error' ? reply.status : 400 }
}
