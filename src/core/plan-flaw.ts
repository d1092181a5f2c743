/** What makes a plan one that nobody could carry out: its steps name each other wrongly, or wait for each other. */

interface PlanStep {
  readonly id?: string | undefined
  /** The steps that must have been done before. */
  readonly after?: readonly string[] | undefined
}

/** Why nobody could carry out the plan, or undefined. */
export function planFlaw(steps: readonly PlanStep[]): string | undefined {
  const ids = steps.flatMap(({ id }) => id ?? [])
  if (new Set(ids).size < ids.length) return 'two steps of the plan have one id'
  const missing = steps.flatMap(({ after = [] }) => after).find((id) => !ids.includes(id))
  if (missing !== undefined) return `a step comes after ${missing}, which the plan does not have`
  const open = new Set(steps)
  for (let before = -1; before !== open.size; ) {
    before = open.size
    const waits = new Set([...open].map(({ id }) => id))
    for (const step of [...open]) if (!step.after?.some((id) => waits.has(id))) open.delete(step)
  }
  return open.size > 0 ? 'steps of the plan wait for each other' : undefined
}
