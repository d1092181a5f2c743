/** The key of a storm: the user's seed, any text, becomes 32 bits once a trial. */

import seedrandom from 'seedrandom'

/** Pure: the same seed, scenario and storm number give the same key, whatever campaign the storm belongs to. */
export const stormKey = (seed: string, scenario: string, index: number): number =>
  seedrandom.alea(`${seed}\n${scenario}\n${index}`).int32()
