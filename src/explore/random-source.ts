/** Random choices: each a pure mix of the storm's key and the site's label; the only state is what caps have left. */

import { isBeside } from '../core/beside.js'
import { hash32, mix32 } from '../core/digest.js'
import type { ChoiceKind, Source } from '../kernel/source.js'
import type { PresetTable } from './preset-table.js'

/** Whether a kind of trouble is switched off for this storm. */
export type Off = (kind: string) => boolean

const nothingOff: Off = () => false

// Salts: the draws of one site must not repeat each other.
const chosen = 0x9e3779b9
const crashes = hash32('crashes')

/** Answers in time are slow, not lost: they cost nothing of the cap. */
const inTime: ReadonlySet<string> = new Set(['nominal', 'x2', 'x8', 'x64', 'before-deadline'])

const holdWeights: readonly number[] = [0, 32, 16, 8, 4, 2, 1, 1]

/** What befalls the whole process: most of it ends a life of the agent, or begins another beside it. */
export const isCrash = (alternative: string): boolean => alternative.startsWith('process/')

export function randomSource(key: number, preset: PresetTable, off: Off = nothingOff): Source {
  let faults = preset.cap
  let crashesLeft = crashesGranted(key, preset)
  const draw = (hash: number, salt: number): number => mix32(key ^ mix32(hash ^ salt))
  const happens = (hash: number, perMille: number): boolean => draw(hash, 0) % 1_000_000 < perMille * 1_000

  /** A request to a service has a place in the agent's story: `shop.refund#t2.c0/a1`. */
  const isSpared = (label: string): boolean => preset.toolsOnly === true && !label.includes('#')

  const outcome = (label: string, hash: number, alternatives: readonly string[]): number => {
    if (isSpared(label) || faults === 0 || !happens(hash, rateOf(label, preset))) return 0
    const weights = weightsOf(preset, alternatives)
    const index = weighted(draw(hash, chosen), alternatives, (name, at) =>
      off(name) || (crashesLeft === 0 && isCrash(name)) ? 0 : (weights[at] as number),
    )
    if (index === 0) return 0
    faults--
    if (isCrash(alternatives[index] as string)) crashesLeft--
    return index
  }

  const time = (label: string, hash: number, alternatives: readonly string[]): number => {
    if (isSpared(label) || !happens(hash, ownLabel(label).startsWith('store/') ? preset.storeRate : preset.timeRate))
      return 0
    const index = weighted(draw(hash, chosen), alternatives, (name) =>
      off(name) || (faults === 0 && !inTime.has(name)) ? 0 : (preset.times[name] ?? 0),
    )
    if (index > 0 && !inTime.has(alternatives[index] as string)) faults--
    return index
  }

  const hold = (hash: number, alternatives: readonly string[]): number => {
    if (!happens(hash, preset.holdRate) || off('hold')) return 0
    return weighted(draw(hash, chosen), alternatives, (_, index) => holdWeights[index] ?? 0)
  }

  const pick = (label: string, hash: number, kind: ChoiceKind, alternatives: readonly string[]): number => {
    switch (kind) {
      case 'outcome':
        return outcome(label, hash, alternatives)
      case 'time':
        return time(label, hash, alternatives)
      case 'hold':
        return hold(hash, alternatives)
      case 'reaction':
        return reaction(draw(hash, chosen), alternatives, preset)
      case 'parameter':
        return parameter(draw(hash, chosen), label, alternatives, preset)
      case 'relation':
        return happens(hash, preset.relationRate) ? 1 + (draw(hash, chosen) % (alternatives.length - 1)) : 0
      case 'data':
      case 'storm':
        return draw(hash, chosen) % alternatives.length
    }
  }
  return { pick, below: (_label, hash, bound) => draw(hash, chosen) % bound }
}

/** The chance of a bad outcome, by what the label is about. */
function rateOf(site: string, { rate, storeRate, runRate, shapeRate }: PresetTable): number {
  const label = ownLabel(site)
  if (label.startsWith('store/')) return storeRate
  if (label.startsWith('shape/')) return shapeRate
  return label.startsWith('run/') ? runRate : rate
}

/** The same site of a session beside the first is as likely to be struck: `beside-1/run/cancel` → `run/cancel`. */
const ownLabel = (label: string): string => (isBeside(label) ? label.slice(label.indexOf('/') + 1) : label)

function crashesGranted(key: number, { crashes: { most, perMille } }: PresetTable): number {
  let granted = 0
  for (let i = 0; i < most; i++) if (mix32(key ^ mix32(crashes + i)) % 1000 < perMille) granted++
  return granted
}

const known = new WeakMap<readonly string[], { readonly preset: PresetTable; readonly weights: readonly number[] }>()

/** What each alternative weighs beside the others. Most lists are constants: worked out once. */
function weightsOf(preset: PresetTable, alternatives: readonly string[]): readonly number[] {
  const before = known.get(alternatives)
  if (before?.preset === preset) return before.weights
  const families = alternatives.map((name) => (name in preset.outcomes ? undefined : familyOf(name, preset)))
  const weights = alternatives.map((name, at) => {
    const family = families[at]
    if (family === undefined) return (preset.outcomes[name] as number) * scale
    const kinds = families.filter((other) => other === family).length
    return Math.floor(((preset.families[family] ?? preset.custom) * scale) / kinds)
  })
  known.set(alternatives, { preset, weights })
  return weights
}

/** Whole numbers stay apart when many share the weight of a family. */
const scale = 1_000

/** Faults of the user's own are one family, whatever their names say. */
function familyOf(name: string, { families }: PresetTable): string {
  const family = name.slice(0, Math.max(0, name.indexOf('/')))
  return Object.hasOwn(families, family) ? family : 'custom'
}

function reaction(number: number, alternatives: readonly string[], preset: PresetTable): number {
  let total = 0
  for (const name of alternatives) total += preset.reactions[name] ?? 0
  if (total === 0) return 0
  let rest = number % total
  for (let i = 0; i < alternatives.length; i++) {
    rest -= preset.reactions[alternatives[i] as string] ?? 0
    if (rest < 0) return i
  }
  return 0
}

function parameter(number: number, label: string, alternatives: readonly string[], preset: PresetTable): number {
  const wanted = preset.parameters[parameterName(label)]
  if (!wanted) return number % alternatives.length
  // Faults of several kinds have a detail of one name.
  const only = wanted.filter((value) => alternatives.includes(value))
  return only.length === 0 ? number % alternatives.length : alternatives.indexOf(only[number % only.length] as string)
}

/** `model/t2/a1@status~1` → `status`. */
const parameterName = (label: string): string => label.slice(label.lastIndexOf('@') + 1).replace(/~\d+$/, '')

/** An index from 1 by weight; 0 when nothing weighs anything. */
function weighted(
  number: number,
  alternatives: readonly string[],
  weigh: (name: string, index: number) => number,
): number {
  let total = 0
  for (let i = 1; i < alternatives.length; i++) total += weigh(alternatives[i] as string, i)
  if (total === 0) return 0
  let rest = number % total
  for (let i = 1; i < alternatives.length; i++) {
    rest -= weigh(alternatives[i] as string, i)
    if (rest < 0) return i
  }
  return 0
}
