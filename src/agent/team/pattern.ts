/** Agents at work together where the way is known. Each step is a session under the workflow's own: run again, what has ended gives its result. */

import type { RunResult } from '../run-session.js'

/** One run of an agent: `(task, session) => runAgent(agent, { session, prompt: task, … })`. A pattern is one again. */
export type Step = (task: string, session: string) => Promise<RunResult>
/** How many of several must come through; one at least. */
export type Join = 'all' | 'any' | { readonly quorum: number }

/** One after the other, each with what the one before said; ends with the first that does not complete. */
export const chain =
  (first: Step, ...others: readonly Step[]): Step =>
  async (task, session) => {
    let result = await first(task, `${session}/1`)
    for (let at = 0; at < others.length && isDone(result); at++) {
      result = await others[at]!(result.text, `${session}/${at + 2}`)
    }
    return result
  }

/** `choose` names the one that goes on, and no other does; a name that none has ends the workflow as failed. */
export const route =
  (choose: Step, routes: Readonly<Record<string, Step>>): Step =>
  async (task, session) => {
    const choice = await choose(task, `${session}/choice`)
    const name = choice.text.trim()
    if (!isDone(choice)) return choice
    return Object.hasOwn(routes, name) ? routes[name]!(task, `${session}/${name}`) : failure('no-route', choice.text)
  }

/** All at once, on one task; what came through, in the order of `steps`, is put together by `synthesise`, or is a JSON array. */
export const parallel =
  (steps: readonly Step[], join: Join = 'all', synthesise?: Step): Step =>
  async (task, session) => {
    const work = steps.map((step, at) => step(task, `${session}/${at + 1}`))
    // All have ended before anything is told, an error of one included.
    await Promise.allSettled(work)
    const results = await Promise.all(work)
    const done = results.filter(isDone)
    const residue = results.flatMap((result) => result.residue)
    const needed = join === 'all' ? results.length : join === 'any' ? 1 : join.quorum
    const text = JSON.stringify(done.map((result) => result.text))
    if (!(done.length >= Math.max(1, needed))) return failure('not-enough', text, residue)
    const whole = await synthesise?.(text, `${session}/synthesis`)
    return { ...done[0]!, text, ...whole, residue: [...residue, ...(whole?.residue ?? [])] }
  }

/** `plan` answers with a JSON array of tasks, at most 8; `worker` does each, and `synthesise` makes one of what came of them. */
export const orchestrate =
  (plan: Step, worker: Step, synthesise: Step, join: Join = 'all'): Step =>
  async (task, session) => {
    const planned = await plan(task, `${session}/plan`)
    const tasks = isDone(planned) ? tasksIn(planned.text) : undefined
    if (!tasks) return isDone(planned) ? failure('no-plan', planned.text) : planned
    const steps = tasks.map(
      (one): Step =>
        (_task, place) =>
          worker(one, place),
    )
    return parallel(steps, join, synthesise)(task, session)
  }

/** Again and again, with what was said last, until it is enough; after `most` rounds it has failed. */
export const autonomous =
  (step: Step, isEnough: (text: string) => boolean, most: number): Step =>
  async (task, session) => {
    let said = task
    for (let round = 1; round <= most; round++) {
      const result = await step(said, `${session}/${round}`)
      if (!isDone(result) || isEnough(result.text)) return result
      said = result.text
    }
    return failure('max-rounds', said)
  }

const isDone = ({ status }: RunResult): boolean => status === 'completed'
const failure = (reason: string, text: string, residue: readonly string[] = []): RunResult => {
  return { status: 'failed', reason, text, residue }
}

function tasksIn(text: string): readonly string[] | undefined {
  try {
    const tasks: unknown = JSON.parse(text)
    const isPlan = Array.isArray(tasks) && tasks.length > 0 && tasks.length <= 8
    return isPlan && tasks.every((one) => typeof one === 'string' && one !== '') ? tasks : undefined
  } catch {
    return undefined
  }
}
