/** What the box keeps for one world: who listens to it, and the timers its code may name or has let go of. */
const slot = Symbol.for('stormproof.habitat');
/** The habitat of a world, made on first use. */
export function habitatOf(world) {
    let habitat = world.kept.get(slot);
    if (habitat === undefined) {
        habitat = {
            inhabitant: undefined,
            settled: false,
            nextTimerId: 1,
            timersById: new Map(),
            unreferenced: new Set(),
        };
        world.kept.set(slot, habitat);
    }
    return habitat;
}
/** Who listens to this world, if anyone does. */
export const inhabitantOf = (world) => world.kept.get(slot)?.inhabitant;
