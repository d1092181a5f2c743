/** `error-feedback`: what went wrong with a call is told to the model, and the run goes on. Broken by an agent that dies of a tool nobody has. */

import type { EventOf } from '../../core/event.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { turnOf } from '../proposed-calls.js'

interface Bad {
  readonly call: string
  readonly tool: string
  readonly seq: number
  readonly why: string
}

interface State {
  readonly own: boolean
  /** Own runtime: calls of the open batch that were refused or failed. Elsewhere: those of the last answer that nobody can carry out, by id. */
  readonly bad: Map<string, Bad>
  /** Elsewhere: something else has happened since, of which a run may die as well. */
  busy: boolean
  offered: ReadonlySet<string>
  met: boolean
}

export const errorFeedback: Check<State> = {
  name: 'error-feedback',
  says: 'A call that could not run, or failed, is answered with an error that the model can act on, and the run goes on.',
  kind: 'safety',
  clauses: {
    a: 'each refused or failed call gets one error result, which says something, with the results of its batch',
    b: 'the run does not end because of such a call before the model has heard of it',
    c: 'an error result holds no stack trace',
  },
  usual:
    'catch what a call throws, unknown names and arguments that do not parse included, and send the reason back as its result',
  mutant: 'unknown-tool-throws',
  concerns: () => true,
  start: (facts) => ({ own: facts.own, bad: new Map(), busy: false, offered: new Set(), met: false }),
  on: {
    'batch-open': (state, _event, judge) => {
      state.bad.clear()
      return judge.skip
    },
    'call-rejected': (state, event, judge) => note(state, event, event.error.class, judge),
    'call-settled': (state, event, judge) =>
      event.outcome === 'failed' ? note(state, event, event.error?.class ?? 'failed', judge) : judge.skip,
    'batch-commit': judgeCommit,
    'model-answered': (state, event, judge) => {
      if (!state.own) propose(state, event)
      return judge.skip
    },
    'request-arrived': (state, _event, judge) => {
      state.busy = true
      return judge.skip
    },
    'tool-returned': (state, _event, judge) => {
      state.busy = true
      return judge.skip
    },
    crash: (state, _event, judge) => {
      if (!state.own) state.bad.clear()
      return judge.skip
    },
    'prompt-received': (state, event, judge) => (state.own ? judge.skip : judgePrompt(state, event, judge)),
    'run-end': judgeEnd,
  },
  met: (state) => state.met,
}

function note(state: State, { call, tool, seq }: Omit<Bad, 'why'>, why: string, judge: Judge): Judgement {
  if (call.includes('/')) return judge.skip
  state.bad.set(call, { call, tool, seq, why })
  return judge.skip
}

const trace = /\n\s+at \S[^\n]*:\d+:\d+/

function judgeCommit(state: State, event: EventOf<'batch-commit'>, judge: Judge): Judgement {
  if (state.bad.size === 0) return judge.skip
  for (const bad of state.bad.values()) {
    if (turnOf(bad.call) !== event.turn) continue
    const { call, tool, why } = bad
    const witness = [bad.seq, event.seq]
    const told = event.results.filter((result) => result.call === call)
    const [result] = told
    if (!result || told.length > 1 || result.outcome === 'ok' || result.content.trim() === '') {
      const what = !result ? 'nothing' : told.length > 1 ? 'two things' : `${result.outcome}: ${result.content}`
      const because = `${tool} (${call}) did not succeed (${why}), and the model is told ${what}`
      return judge.broken(because, { clause: 'a', witness, tool })
    }
    if (trace.test(result.content)) {
      return judge.broken(`the model is shown a stack trace of ${tool} (${call})`, { clause: 'c', witness, tool })
    }
  }
  state.bad.clear()
  state.met = true
  return judge.held
}

/** Elsewhere only what the answer itself shows to be impossible counts. */
function propose(state: State, event: EventOf<'model-answered'>): void {
  if (!event.complete) return
  state.bad.clear()
  state.busy = false
  if (state.offered.size === 0) return
  for (const [index, { id, tool, arguments: text }] of event.calls.entries()) {
    // Without a name it is no call of anything: what became of it is for whoever reads the wire.
    if (tool === '') continue
    const why = !state.offered.has(tool) ? 'no such tool was offered' : isJson(text) ? undefined : 'no JSON'
    if (why === undefined) continue
    state.bad.set(id, { call: `t${event.turn}.c${index}`, tool, seq: event.seq, why })
  }
}

function isJson(text: string): boolean {
  if (text === '') return true
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function judgePrompt(state: State, event: EventOf<'prompt-received'>, judge: Judge): Judgement {
  state.offered = new Set(event.tools)
  if (state.bad.size === 0) return judge.skip
  const last = event.messages.findLast((message) => message.role === 'tool')
  const results = last?.role === 'tool' ? last.results : []
  for (const { id, tool, content } of results) {
    const bad = state.bad.get(id)
    if (!bad) continue
    const witness = [bad.seq, event.seq]
    if (content.trim() === '') {
      const because = `${tool} could not be called (${bad.why}), and the model is told nothing of it`
      return judge.broken(because, { clause: 'a', witness, tool })
    }
    if (trace.test(content))
      return judge.broken(`the model is shown a stack trace of ${tool}`, { clause: 'c', witness })
  }
  state.bad.clear()
  state.met = true
  return judge.held
}

function judgeEnd(state: State, event: EventOf<'run-end'>, judge: Judge): Judgement {
  const [bad] = state.bad.values()
  if (!bad || event.status !== 'failed' || (!state.own && state.busy)) return judge.skip
  const { tool, call, why } = bad
  const because = `the run ended (${event.reason}) because of ${tool} (${call}: ${why}), before the model heard of it`
  return judge.broken(because, { clause: 'b', witness: [bad.seq, event.seq], tool })
}
