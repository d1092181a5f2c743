/** What an event that shows a violation says to somebody who has never seen the log: for those that a story has no line of its own for, and for who looks at every event. */

import type { AnyEvent, EventOf } from '../core/event.js'
import { brief, briefCall, cut } from './brief.js'
import { faultWords } from './describe.js'

type Words = { readonly [K in AnyEvent['type']]?: (event: EventOf<K>) => string }

const words: Words = {
  'run-start': ({ session }) => `${session} begins`,
  'run-resume': ({ epoch }) => `the run goes on, with epoch ${epoch}`,
  'model-call-start': ({ turn, attempt }) => `the model is asked: turn ${turn}, attempt ${attempt}`,
  'model-call-end': ({ turn, outcome }) => `the answer of turn ${turn} is in the log: ${outcome}`,
  'cancel-requested': () => 'the log says that the user wants it to stop',
  'approval-requested': ({ approvers, tool, call }) => `${approvers.join(' and ')} must approve ${tool} (${call})`,
  'approval-decided': ({ by, decision }) => `${by} decides: ${decision}`,
  'decision-sent': ({ by, decision }) => `${by} sends: ${decision}`,
  'approval-expired': ({ call }) => `the approval of ${call} expires`,
  'approval-consumed': ({ call, attempt }) => `attempt ${attempt} uses up the approval of ${call}`,
  'subagent-start': ({ session, tool }) => `${tool} begins as ${session}`,
  'subagent-end': ({ session, status }) => `${session} is reported as ${status}`,
  'batch-open': ({ turn, calls }) => `turn ${turn} has the calls ${calls.map(({ tool }) => tool).join(', ')}`,
  'batch-commit': ({ turn, results }) =>
    `turn ${turn} is committed: ${results.map(({ tool, outcome }) => `${tool} ${outcome}`).join(', ')}`,
  'attempt-start': ({ tool, attempt, key }) => `attempt ${attempt} of ${tool} starts, key ${key}`,
  'attempt-end': ({ tool, attempt, outcome, value }) => `attempt ${attempt} of ${tool} ends ${outcome}${shown(value)}`,
  'call-rejected': ({ tool, error }) => `${tool} is refused: ${cut(error.text, 60)}`,
  'call-settled': ({ tool, outcome, error, value }) =>
    `${tool} is settled ${outcome}${error ? `: ${cut(error.text, 50)}` : shown(value)}`,
  'retry-scheduled': ({ op, delayMs }) => `${op} is tried again in ${delayMs} ms`,
  'breaker-moved': ({ key, from, to }) => `the breaker of ${key}: ${from}, now ${to}`,
  'guard-verdict': ({ guard, verdict }) => `the guard ${guard} says ${verdict}`,
  'context-built': ({ turn, tokens, limit }) => `the prompt of turn ${turn} has ${tokens} of ${limit} tokens`,
  'line-logged': ({ sink, text }) => `${sink} logs: ${cut(text, 70)}`,
  'state-commit': ({ session, parent, version }) => `${session} is written: version ${parent} becomes ${version}`,
  'state-load': ({ session, version }) => `${session} is read: version ${version}`,
  'append-acknowledged': ({ session, version }) => `version ${version} of ${session} is acknowledged`,
  'commit-refused': ({ session, because }) => `a write to ${session} is refused: ${because}`,
  'prompt-received': ({ turn, attempt, messages }) =>
    `the prompt of turn ${turn}, attempt ${attempt}: ${messages.length} messages`,
  'model-answered': ({ turn, calls, text, status }) =>
    `answers turn ${turn}: ${status >= 400 ? `status ${status}` : calls.map((call) => briefCall(call.tool, call.arguments)).join(', ') || cut(text, 70)}`,
  'request-arrived': ({ backend, operation, input, key }) =>
    `${backend}.${operation}(${brief(input)}) arrives${key === undefined ? '' : `, key ${key}`}`,
  'request-answered': ({ backend, operation, outcome, text }) =>
    `${backend}.${operation} is answered ${outcome}${text === '' ? '' : `: ${cut(text, 60)}`}`,
  'resource-read': ({ backend, resource, version, isStale }) =>
    `${backend} tells of ${cut(resource, 40)} as it was after ${version} ${version === 1 ? 'write' : 'writes'}${isStale ? ', an old copy' : ''}`,
  'effect-applied': ({ backend, operation, effect, once }) =>
    `${backend}.${operation} takes effect, number ${effect}: ${cut(once, 40)}`,
  'effect-compensated': ({ backend, operation, effect }) => `${backend}.${operation}, effect ${effect}, is taken back`,
  'operation-done': ({ backend, operation, input, answer, isCurrent }) =>
    isCurrent
      ? `${backend}.${operation}(${brief(input)}) is done and gives ${brief(answer)}`
      : `${backend}.${operation}(${brief(input)}) is done by somebody else, or on an old copy`,
  'tool-returned': ({ tool, attempt, outcome, value, text }) =>
    outcome === 'ok'
      ? `attempt ${attempt} of ${tool} returns${shown(value)}`
      : `attempt ${attempt} of ${tool} throws ${text ?? ''}`,
  'fault-planned': ({ fault, site }) => `planned: ${faultWords(fault)}, at ${site}`,
  'fault-injected': ({ fault, site }) => `${faultWords(fault)}, at ${site}`,
  'fault-landed': ({ fault, site }) => `landed: ${faultWords(fault)}, at ${site}`,
  'run-end': ({ status, reason }) => `the run ends ${status}: ${reason}`,
  'run-settled': ({ status, reason }) => `its caller is told: ${status} ${reason}`,
  'message-given': ({ text }) => `the user says more: ${cut(text, 60)}`,
  'limiter-admitted': ({ tool, call }) => `the rate limit of ${tool} lets ${call} pass`,
  'trials-compared': ({ says, at }) => `the same trial where ${says} (${at.label}) comes out so`,
  rest: () => 'the world has come to rest',
  crash: ({ epoch }) => `life ${epoch} ends in a crash`,
  restart: ({ epoch }) => `life ${epoch} begins`,
  'cell-written': ({ cell, version }) => `the shared cell ${cell} is written: version ${version}`,
}

export function witnessWords(event: AnyEvent): string {
  return (words[event.type] as ((one: AnyEvent) => string) | undefined)?.(event) ?? plainWords(event)
}

const shown = (value: unknown): string => (value === undefined ? '' : `: ${brief(value, 40)}`)

/** Of a type that nobody has found words for. */
function plainWords(event: AnyEvent): string {
  const { seq: _seq, vt: _vt, lane: _lane, incarnation: _incarnation, type, ...rest } = event
  return `${type} ${brief(rest, 60)}`.trim()
}
