/** What a preset is: how often what goes wrong. All chances are per mille, all weights whole numbers. */

/** How many crashes a trial may have: each of `most` is granted with `perMille`. */
export interface CrashAllowance {
  readonly most: number
  readonly perMille: number
}

export interface PresetTable {
  readonly name: string
  /** Chance that an operation of the model or a backend is faulted. */
  readonly rate: number
  /** Only the services behind tools misbehave: model, store and all others are left alone. */
  readonly toolsOnly?: true
  /** Chance of each shape of bad weather, once a trial. */
  readonly shapeRate: number
  /** The same for the store, which is written to several times as often as a tool is called. */
  readonly storeRate: number
  /** The same for what befalls a run as a whole, once: a user who cancels, a bound that is too tight. */
  readonly runRate: number
  /** Faults a trial may have: bad outcomes, and answers that come when nobody waits any more. */
  readonly cap: number
  readonly crashes: CrashAllowance
  /** Half of the storms switch a random subset of the kinds off. */
  readonly swarm: boolean
  /** What a family weighs where one of its kinds can strike; the kinds of one family at one site share it. */
  readonly families: Readonly<Record<string, number>>
  /** What single kinds weigh, whatever their family says. */
  readonly outcomes: Readonly<Record<string, number>>
  /** All faults of the user's own together. */
  readonly custom: number
  readonly timeRate: number
  /** Classes of answer time, heavy-tailed; a missing one never comes. */
  readonly times: Readonly<Record<string, number>>
  readonly holdRate: number
  /** Chance that a trial is compared with another, which takes two trials more. */
  readonly relationRate: number
  readonly reactions: Readonly<Record<string, number>>
  /** By what follows the last `@` of a label: the only values drawn. A parameter that is missing is uniform. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
}
