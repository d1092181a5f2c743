/** A shape of bad weather: one choice for a whole trial, behind which many requests fare badly together. */

import type { World } from '../../kernel/world.js'
import type { Answer } from '../answer.js'
import type { FaultDefinition } from '../fault/fault.js'
import type { ModelReply } from '../model-reply.js'
import type { Request } from '../service.js'

export interface Shape extends FaultDefinition {
  readonly chosenAs: 'outcome'
  /** What it needs to be: a process that resumes, several services. Default: nothing. */
  readonly needs?: (setting: Needed) => boolean
  readonly begin: (start: Start) => Begun
  /** It comes with something else of the trial, and is chosen where that is. */
  readonly isBrought?: true
}

export interface Needed {
  readonly canCrash: boolean
  readonly backends: readonly string[]
}

export interface Start extends Needed {
  readonly world: World
  /** Chooses one of the shape's own `parameters`. */
  readonly pick: (parameter: string) => string
}

/** What it does to what goes on. Nothing of it is asked once the storm is over. */
export interface Begun {
  /** What a request to a service is answered instead; `crash`: the process dies before the request takes effect. */
  readonly service?: (request: Request, backend: string) => Answer | 'crash' | undefined
  /** What the model answers instead. */
  readonly model?: () => ModelReply | undefined
  /** How many times longer an answer takes; 1: as long as ever. */
  readonly slower?: (site: string) => number
  /** Keeps an answer that is ready, and hands it over when it sees fit; false: it does not. */
  readonly keeps?: (handOver: () => void) => boolean
}

export const shape = { family: 'shape', tolerated: true, chosenAs: 'outcome' } as const
