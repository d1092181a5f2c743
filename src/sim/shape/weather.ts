/** The shapes of one trial: chosen at its beginning, each by one choice, and asked at every request until the storm is over. */

import type { Scope } from '../../kernel/scope.js'
import type { Answer } from '../answer.js'
import { type FaultNote, planFault } from '../fault/note.js'
import { picker } from '../fault/picker.js'
import type { ModelReply } from '../model-reply.js'
import type { Request } from '../service.js'
import type { Setting } from '../setting.js'
import { shapes } from './registry.js'
import type { Begun, Shape } from './shape.js'

const choices = shapes.filter(({ isBrought }) => !isBrought).map((shape) => ({ shape, offered: ['ok', shape.name] }))

export interface Weather {
  /** Each undefined, 1 or false: none of it strikes. */
  readonly service: (request: Request, backend: string) => Answer | 'crash' | undefined
  readonly model: () => ModelReply | undefined
  readonly slower: (site: string) => number
  readonly keeps: (handOver: () => void) => boolean
}

interface AtWork extends Begun {
  readonly note: FaultNote
}

/** A shape that was chosen elsewhere, and where: its details are chosen there too. */
export interface Brought {
  readonly shape: Shape
  readonly site: string
}

export function weatherOf(
  setting: Setting,
  backends: readonly string[],
  scope: Scope,
  brought: Brought | undefined,
): Weather {
  const { world, without } = setting
  const needed = { canCrash: setting.crash !== undefined, backends }
  const atWork: AtWork[] = []
  const begin = (shape: Shape, site: string): void => {
    const note = planFault(world, shape.name, site, '', scope)
    atWork.push({ ...shape.begin({ world, pick: picker(world, site, shape), ...needed }), note })
  }
  if (brought) begin(brought.shape, brought.site)
  for (const { shape, offered } of choices) {
    const { name } = shape
    if (without.has(name) || shape.needs?.(needed) === false) continue
    if (world.tape.pick(name, 'outcome', offered) === 0) continue
    begin(shape, name)
  }
  const first = <T>(ask: (begun: Begun) => T | undefined): T | undefined => {
    if (world.tape.calm) return undefined
    for (const begun of atWork) {
      const struck = ask(begun)
      if (struck === undefined) continue
      begun.note.landed()
      return struck
    }
    return undefined
  }
  return {
    service: (request, backend) => first(({ service }) => service?.(request, backend)),
    model: () => first(({ model }) => model?.()),
    slower: (site) => first(({ slower }) => factorOf(slower?.(site))) ?? 1,
    keeps: (handOver) => first(({ keeps }) => (keeps?.(handOver) ? true : undefined)) ?? false,
  }
}

const factorOf = (factor: number | undefined): number | undefined => (factor === 1 ? undefined : factor)
