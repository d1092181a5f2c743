/** What the box keeps for one world: who listens to it, and the timers its code may name or has let go of. */
import { box } from './shared-box.js';
/** The habitat of a world, made on first use. */
export function habitatOf(world) {
    let habitat = box.habitats.get(world);
    if (habitat === undefined) {
        habitat = {
            inhabitant: undefined,
            settled: false,
            nextTimerId: 1,
            timersById: new Map(),
            unreferenced: new Set(),
        };
        box.habitats.set(world, habitat);
    }
    return habitat;
}
/** Who listens to this world, if anyone does. */
export const inhabitantOf = (world) => box.habitats.get(world)?.inhabitant;
