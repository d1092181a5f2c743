/** What a scenario says about its faults, checked: a word that nobody reads would never be missed. */

import { came, requireFields, requireWord } from '../core/definition.js'
import { StormproofError } from '../core/error.js'
import { pairingProfiles } from '../sim/pairing-profile.js'

const fields = ['preset', 'add', 'without', 'allow', 'pairing', 'sequence']

/** Throws a `scenario` error for a plan that cannot mean what it says: what was expected, what came, what to do. */
export function checkFaultPlan(scenario: string, plan: unknown): void {
  if (typeof plan === 'string') return
  const what = `\`faults\` of scenario "${scenario}"`
  requireFields('scenario', what, plan, fields)
  const { add, without, allow, pairing, sequence } = plan as Readonly<Record<string, unknown>>
  for (const [field, names] of Object.entries({ without, allow }))
    checkList(`\`${field}\` in ${what}`, names, isText, 'the name of a fault', `${field}: ['tool/error']`)
  checkList(`\`add\` in ${what}`, add, isFault, 'what defineFault returns', 'add: [staleOrder]')
  if (pairing !== undefined) requireWord('scenario', `\`pairing\` in ${what}`, pairing, pairingProfiles)
  if (sequence !== undefined) checkSequence(`\`sequence\` in ${what}`, sequence)
}

const example =
  "sequence: { 'shop.refund': ['tool/error', { fault: 'tool/rate-limited', with: { 'retry-after': '1' } }, 'none'] }"

function checkSequence(what: string, given: unknown): void {
  if (!isObject(given)) refuse(what, 'lists of steps by operation', given, example)
  for (const [target, steps] of Object.entries(given)) {
    const name = `${JSON.stringify(target)} of ${what}`
    checkList(
      name,
      steps ?? null,
      (step) => isText(step) || isStep(name, step),
      'a fault, or a fault and its details',
      example,
    )
  }
}

function isStep(what: string, step: unknown): boolean {
  if (!isObject(step)) return false
  requireFields('scenario', `a step for ${what}`, step, ['fault', 'with'])
  const { fault, with: details = {} } = step
  if (!isText(fault)) refuse(`\`fault\` of a step for ${what}`, 'the name of a fault', fault, example)
  if (!isObject(details) || !Object.values(details).every(isText))
    refuse(`\`with\` of a step for ${what}`, 'texts by detail', details, example)
  return true
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isFault = (value: unknown): boolean => isObject(value) && 'backend' in value && 'operation' in value

/** Throws unless it is absent or a list of nothing else. */
function checkList(
  what: string,
  given: unknown,
  fits: (one: unknown) => boolean,
  expected: string,
  remedy: string,
): void {
  if (given === undefined) return
  if (!Array.isArray(given)) refuse(what, 'a list', given, remedy)
  const stranger = given.findIndex((one) => !fits(one))
  if (stranger >= 0) refuse(`entry ${stranger} of ${what}`, expected, given[stranger], remedy)
}

function refuse(what: string, expected: string, given: unknown, remedy: string): never {
  throw new StormproofError('scenario', `${what} must be ${expected}, not ${came(given)}`, { remedy })
}
