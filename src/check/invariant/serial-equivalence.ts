/** `serial-equivalence`: what calls did to resources could have come of one call after another. Broken by a batch that ignores what its calls touch. */

import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { areBeside, type Reason, serialGraph } from '../serial-graph.js'
import {
  isUndo,
  noteAnswer,
  noteAttempt,
  noteEffect,
  noteEnd,
  noteRead,
  noUnits,
  type Touch,
  type Unit,
  type Units,
  wholeUnits,
} from '../serial-unit.js'
import { type Cycle, shortestCycle } from '../shortest-cycle.js'

interface State {
  readonly units: Units
  arose: boolean
}

export const serialEquivalence: Check<State> = {
  name: 'serial-equivalence',
  says: 'Some order of the calls, one after the other, explains what they read and wrote.',
  kind: 'safety',
  clauses: {
    a: 'calls of one batch do not run into each other: none reads or overwrites half of what another does',
    b: 'a call finds done what comes before it in the run, or what it depends on, and undone what comes after',
    c: 'what is taken back is taken back last: nothing that comes after rests on it',
    d: 'of two subagents at work on one resource, none undoes unseen what the other wrote',
    e: 'what an approval allows is done on an approval that has not expired',
  },
  usual:
    'let tools declare the resources they touch, so that calls which share one run in turn; where others write as well, write with the version you read',
  mutant: 'resources-forgotten',
  concerns: (facts) => facts.own && facts.nested !== true,
  start: () => ({ units: noUnits(), arose: false }),
  on: {
    'run-start': (state, _event, judge) => {
      state.units.run++
      return judge.skip
    },
    'batch-open': ({ units }, { calls }, judge) => {
      if (calls.some(({ dependsOn, resources }) => dependsOn?.length || resources?.length))
        units.batches.push({ run: units.run, calls })
      return judge.skip
    },
    'approval-requested': ({ units }, event, judge) => {
      if (event.question === undefined) units.asked.set(`${units.run} ${event.call}`, event)
      return judge.skip
    },
    'attempt-start': noting(noteAttempt),
    'attempt-end': noting(noteEnd),
    'resource-read': noting(noteRead),
    'effect-applied': noting(noteEffect),
    'request-answered': noting(noteAnswer),
  },
  atRest: (state, judge) => {
    const units = wholeUnits(state.units)
    const late = units.find((unit) => unit.late && unit.acted !== undefined)
    const graph = serialGraph(units, state.units.batches)
    state.arose = graph.shared > 0 || late !== undefined
    const cycle = shortestCycle(graph)
    if (cycle) return judgeCycle(cycle, units, judge)
    if (late) return judgeLate(late, judge)
    return state.arose ? judge.held : judge.skip
  },
  met: (state) => state.arose,
}

function noting<E>(note: (units: Units, event: E) => void) {
  return ({ units }: State, event: E, judge: Judge): Judgement => {
    note(units, event)
    return judge.skip
  }
}

/** It rests on its approval, so that it came before that expired; and it came after. */
function judgeLate({ call, tool, late, acted }: Unit, judge: Judge): Judgement {
  const name = `${tool} (${call})`
  const because = `${name} took effect on an approval that had expired: it comes before that, as it rests on it, and after that, as it started then`
  return judge.broken(because, { clause: 'e', witness: [late!.asked, late!.started, acted!], tool })
}

function judgeCycle(cycle: Cycle<Reason>, units: readonly Unit[], judge: Judge): Judgement {
  const met = cycle.map(({ node }) => units[node]!)
  const reasons = cycle.map(({ why }, place) => told(why, met[place]!.call, met[(place + 1) % met.length]!.call))
  const clause = clauseOf(cycle, met)
  const because = `${kinds[clause](met.map(nameOf))}, and no order of ${met.length === 2 ? 'the two' : 'these'} explains it: ${reasons.join('; ')}`
  const witness = cycle.flatMap(({ why }) => why.flatMap(seqsOf))
  return judge.broken(because, { clause, witness, tool: met.find((unit) => !isUndo(unit))?.tool })
}

const nameOf = ({ tool, call }: Unit): string => `${tool} (${call})`

type Clause = 'a' | 'b' | 'c' | 'd'

const kinds: Readonly<Record<Clause, (names: readonly string[]) => string>> = {
  a: (names) => `${names.join(' and ')} ran into each other`,
  b: ([one, ...rest]) => `${one} and ${rest.join(' and ')} came out of their order`,
  c: (names) => `${names.join(' and ')}: one acted on what the other had taken back`,
  d: (names) => `${names.join(' and ')}, of subagents at work side by side, lost an update`,
}

function clauseOf(cycle: Cycle<Reason>, met: readonly Unit[]): Clause {
  if (met.some(isUndo)) return 'c'
  if (met.some((unit) => areBeside(unit, met[0]!))) return 'd'
  return cycle.some(({ why: [first] }) => first.for === 'run') ? 'b' : 'a'
}

/** Why the one comes before the other. */
function told([first, last]: readonly [Reason, Reason], one: string, other: string): string {
  if (first.for === 'run') return `${one} comes before ${other} in the run`
  if (first.for === 'basis') {
    const { read, wrote } = first
    return `${one} rests on ${shown(read)}, read before ${other} wrote ${versionOf(wrote)}`
  }
  const did = first.earlier!
  const then = last.for === 'resource' ? last.later! : did
  if (then.does === 'reads') return `${other} read ${shown(then)} after ${one} wrote ${versionOf(did)}`
  const before = did.does === 'reads' ? 'read' : 'wrote'
  return `${one} ${before} ${shown(did)} before ${other} wrote ${versionOf(then)}`
}

const versionOf = ({ version }: Touch): string => `version ${version}`
const shown = (touch: Touch): string => `${versionOf(touch)} of ${touch.resource}`

function seqsOf(reason: Reason): readonly number[] {
  if (reason.for === 'basis') return [reason.read.seq, reason.wrote.seq]
  if (reason.for === 'run') return []
  return [reason.earlier, reason.later].flatMap((touch) => (touch ? [touch.seq] : []))
}
