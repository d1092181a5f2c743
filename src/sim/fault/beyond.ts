/** Kinds of trouble that the catalogue names and no agent can meet in a world, each with its reason: so that none is silently missing. */

/** `instead`: the faults as which an agent meets what is left of it. */
export interface Beyond {
  readonly name: string
  readonly why: string
  readonly instead: readonly string[]
}

export const beyond: readonly Beyond[] = [
  {
    name: 'store/torn',
    // That a load shows no part of an append is judged all the same (`checkpoint-atomic`), and a file store is torn at every byte in its tests.
    why: 'All events of one append become durable together, or none: a file store gives a record its number when it is whole on the disk. A draft that tears was never made, and a record that is torn all the same is refused: it may have been acknowledged, so no reader may cut it off.',
    instead: ['store/lost-unflushed', 'store/fail'],
  },
  {
    name: 'clock/dst',
    why: 'Local time is UTC in every world, on every machine: a zone belongs to the whole process, in which many worlds live side by side. The runtime has neither local time nor a schedule. Who reads an hour from the wall clock has it twice, or misses it, where that clock is set.',
    instead: ['clock/jump'],
  },
]
