/** Decisions in words: what a label and an alternative mean to somebody who reads a finding. */

import type { AnyEvent } from '../core/event.js'

type Decisions = readonly (readonly [label: string, alternative: string])[]

/** What each alternative of an operation does, seen from outside. */
const outcomeWords: Readonly<Record<string, string>> = {
  'tool/error': 'refused with an error',
  'tool/permute': 'answers come in another order',
  'tool/rate-limited': 'rate limited',
  'tool/timeout-before-effect': 'request lost',
  'tool/timeout-after-effect': 'answer lost',
  'tool/garbage-result': 'garbage for an answer',
  'tool/partial-effect': 'done in part only',
  'tool/falsy-result': 'a falsy answer',
  'tool/empty-result': 'an empty answer',
  'tool/partial-result': 'an answer that is not whole',
  'tool/schema-drift': 'an answer of another shape',
  'tool/stale-data': 'an answer from an old copy',
  'tool/cascade': 'refused from there on',
  'tool/duplicate-effect': 'done more than once',
  'transport/refused': 'connection refused',
  'transport/reset': 'connection reset',
  'transport/duplicate-delivery': 'request delivered twice',
  'transport/reorder': 'answered after another request',
  'transport/id-collide': 'answer taken for that of another request',
  'shape/burst': 'a burst of rate limits',
  'shape/brown-out': 'many answers are slow',
  'shape/outage-and-heal': 'several services are away at once',
  'shape/hold-then-flush': 'several answers come in one instant',
  'shape/crash-loop': 'the process dies at one request again and again',
  'shape/stampede': 'many sessions are turned away at once',
  'approval/wrong-approver': 'somebody decides who was not asked',
  'approval/edit-args': 'the arguments are changed in the log',
  'approval/alternate-path': 'a second way to what is asked about',
  'tool/lying-annotation': 'a tool says that it is what it is not',
  'tool/suspend': 'a tool asks the user first',
  'tool/injection': 'instructions in the answer',
  'context/memory-poison': 'instructions in a memory',
  'context/episodic-poison': 'instructions in a conclusion',
  'store/race': 'another writer is faster',
  'process/crash-before-effect': 'crash before the effect',
  'process/crash-after-effect': 'crash after the effect',
  'process/redeliver': 'the run is started once more',
  'process/zombie': 'another process is started beside this one',
  'process/pause': 'the process stands still',
  'process/shutdown': 'the host stops the process',
  'process/replay-per-step': 'the process dies after each turn',
  'model/http-error': 'answered with an error',
  'model/malformed-args': 'malformed arguments',
  'model/unknown-tool': 'call of an unknown tool',
  'model/lost': 'answer lost',
  'clock/jump': 'the wall clock jumps',
  'clock/skew': 'the wall clock is wrong',
  'clock/same-tick': 'answers come in one instant',
  'clock/timer-edge': 'asked for a wait that is none',
  'subagent/fail': 'a subagent fails',
  'subagent/hang': 'a subagent hangs',
  'subagent/pause': 'a subagent pauses',
  'subagent/same-instance': 'one subagent with several tasks at once',
  'subagent/shared-memory': 'what another of the team remembers',
  'isolation/concurrent-sessions': 'other sessions go on beside it',
  'isolation/multi-instance': 'other instances of the agent are at work',
  'isolation/shared-resource': 'others were faster',
  'isolation/shared-cache': 'others have read the same before',
  'context/trim': 'a smaller window',
  'context/budget-exhaust': 'tighter bounds',
  'context/oversize-request': 'a budget that nothing fits into',
  'context/contaminate': 'a result turns out to be wrong',
  'observability/secret-canary': 'an answer with a secret in it',
  'user/double-submit': 'the user submits twice',
  'user/cancel': 'the user cancels',
  'model/id-reuse': 'calls under one id',
  'model/nondeterministic-replay': 'another answer than before',
  'model/semantic': 'plausible and wrong',
  'model/loop': 'the same calls in the turns that follow',
  'model/reissue': 'an earlier call once more',
  'model/wide-batch': 'its calls many times over',
  'crash-anywhere': 'compared with itself after a crash',
  'permute-completions': 'compared with itself in another order of answers',
  'suspend-or-inline': 'compared with itself while its process stays for people',
  chunking: 'compared with itself with answers in other chunks',
  'alone-or-beside': 'compared with itself beside other sessions',
  'redelivered-run': 'compared with itself started once more',
}

const timeWords: Readonly<Record<string, string>> = {
  nominal: 'answered in time',
  'before-deadline': 'answered just before the deadline',
  'at-deadline': 'answered exactly at the deadline',
  'after-deadline': 'answered just after the deadline',
  'after-turn': 'answered after the turn had ended',
  'after-run': 'answered after the run had ended',
  never: 'never answered',
}

const reactionWords: Readonly<Record<string, string>> = {
  'go-on': 'the model goes on',
  again: 'the model calls again',
  'give-up': 'the model gives up',
}

const statusWords: Readonly<Record<string, string>> = {
  '429': 'rate limited',
  '529': 'overloaded',
  '503': 'unavailable',
  '500': 'server error',
}

/** One decision: `shop.refund #1, answer lost`. Ordinals come from `events`; without them the site's path is shown. */
export function describeDecision(label: string, alternative: string, events: readonly AnyEvent[] = []): string {
  const { site, aspect } = parseLabel(label)
  if (aspect === 'reaction') return `reaction: ${reactionWords[alternative] ?? alternative}`
  if (site === 'storm-end') return `the storm ends at ${alternative}`
  if (site.startsWith('shape/')) return aspect === '' ? faultWords(alternative) : `${aspect} ${alternative}`
  if (site.startsWith('store/')) return describeStore(site, aspect, alternative)
  const model = /^model\/t(\d+)(?:\/a(\d+))?/.exec(site)
  if (model) return `${modelName(model)}, ${modelWords(aspect, alternative)}`
  if (!site.includes('#')) return outcomeWords[alternative] ?? `${site} is ${alternative}`
  return `${siteName(site, events)}, ${operationWords(aspect, alternative)}`
}

/** All decisions of a repro; the parameters of a fault (status, Retry-After, kind) are told with it, not beside it. */
export function describeDecisions(decisions: Decisions, events: readonly AnyEvent[] = []): readonly string[] {
  const labels = new Set(decisions.map(([label]) => label))
  const parameters = new Map<string, (readonly [name: string, value: string])[]>()
  for (const [label, value] of decisions) {
    const [, site, name = '', ordinal = ''] = /^(.*)@([a-z-]+)(~\d+)?$/.exec(label) ?? []
    if (site === undefined || choices.has(name) || name === nameless || !labels.has(site + ordinal)) continue
    parameters.set(site + ordinal, [...(parameters.get(site + ordinal) ?? []), [name, value]])
  }
  const isTold = (label: string): boolean =>
    /@(?!time|hold|reaction)[a-z-]+(~\d+)?$/.test(label) && labels.has(label.replace(/@[a-z-]+/, ''))
  return decisions
    .filter(([label]) => !isTold(label))
    .map(([label, alternative]) => withParameters(label, alternative, parameters.get(label) ?? [], events))
}

/** Aspects of a site that are choices in their own right. */
const choices: ReadonlySet<string> = new Set(['time', 'hold', 'reaction'])

/** A parameter that is a number of nothing that people count. */
const nameless = 'place'

function withParameters(
  label: string,
  alternative: string,
  parameters: readonly (readonly [name: string, value: string])[],
  events: readonly AnyEvent[],
): string {
  const status = parameters.find(([name]) => name === 'status')?.[1] ?? ''
  const code = parameters
    .filter(([name, value]) => !(name === 'retry-after' && value === 'none'))
    .map(([name, value]) => (name === 'retry-after' ? `Retry-After ${value}` : value))
    .join(', ')
  const model = alternative === 'model/http-error' ? /t(\d+)(?:\/a(\d+))?/.exec(label) : null
  const words = model
    ? `${modelName(model)}, ${statusWords[status] ?? faultWords(alternative)}`
    : describeDecision(label, alternative, events)
  return code === '' ? words : `${words} (${code})`
}

/** `shop.refund #2`: the second request of this operation in the history. */
export function siteName(site: string, events: readonly AnyEvent[]): string {
  const operation = site.slice(0, site.indexOf('#'))
  const sites = new Set<string>()
  for (const event of events)
    if ('site' in event && event.site.startsWith(`${operation}#`)) sites.add(plain(event.site))
  const ordinal = [...sites].indexOf(plain(site)) + 1
  return ordinal > 0 ? `${operation} #${ordinal}` : `${operation} (${plain(site).slice(operation.length + 1)})`
}

/** The words for what a fault did, without its site; a fault of one's own is told by its name. */
export const faultWords = (fault: string): string => outcomeWords[fault] ?? timeWords[fault] ?? fault

function parseLabel(label: string): { site: string; aspect: string } {
  const at = label.lastIndexOf('@')
  if (at < 0) return { site: plain(label), aspect: '' }
  return { site: plain(label.slice(0, at)), aspect: plain(label.slice(at + 1)) }
}

/** Without the ordinal of a label that was met again. */
const plain = (label: string): string => label.replace(/~\d+$/, '')

function modelName(match: RegExpExecArray | null): string {
  const attempt = match?.[2]
  return `model turn ${match?.[1] ?? '?'}${attempt && attempt !== '1' ? `, attempt ${attempt}` : ''}`
}

function modelWords(aspect: string, alternative: string): string {
  if (aspect === 'status') return `${statusWords[alternative] ?? 'status'} (${alternative})`
  if (aspect === 'retry-after') return `Retry-After ${alternative}`
  if (aspect === 'time' || aspect === 'hold') return operationWords(aspect, alternative)
  if (aspect !== '') return `${aspect} ${alternative}`
  if (alternative === 'process/crash-before-effect') return 'crash before it was asked'
  if (alternative === 'process/crash-after-effect') return 'crash before its answer arrived'
  return faultWords(alternative)
}

function operationWords(aspect: string, alternative: string): string {
  if (aspect === 'hold')
    return alternative === '1' ? 'one other answer comes first' : `${alternative} other answers come first`
  if (aspect === 'time') return timeWords[alternative] ?? `answered ${alternative.replace(/^x/, '')} times slower`
  return aspect === '' ? faultWords(alternative) : `${aspect} ${alternative}`
}

function describeStore(site: string, aspect: string, alternative: string): string {
  const [, type = '', ...rest] = site.split('/')
  const path = rest.filter((part) => !/^(a1|try-1)$/.test(part)).join(' ')
  const append = `the append of ${[type, path].filter(Boolean).join(' ')}`
  if (aspect !== '') return `${append}, ${operationWords(aspect, alternative)}`
  const words: Readonly<Record<string, string>> = {
    'store/fail': `${append} fails`,
    'store/lost-acknowledgement': `the acknowledgement of ${append} is lost`,
    'store/outage': `the store is away from ${append} on`,
    'store/stale-read': `${append} shows an old copy`,
    'store/race': `others come to ${append} too`,
    'process/crash-before-effect': `crash before ${append}`,
    'process/crash-after-effect': `crash after ${append}`,
  }
  return words[alternative] ?? `${append}, ${alternative}`
}
