/** Counting a fault three times: chosen, applied, and consumed by the agent. */
const silent = { injected: () => undefined, landed: () => undefined };
/** Notes a planned fault; for `undefined` (nothing wrong here) it does nothing. */
export function planFault(world, fault, site, detail, scope) {
    if (fault === undefined)
        return silent;
    const where = () => ({ fault, site, detail });
    world.emit('fault-planned', where(), scope.lane);
    let state = 0;
    const injected = () => {
        if (state > 0)
            return;
        state = 1;
        world.emit('fault-injected', where(), scope.lane);
    };
    return {
        injected,
        landed: () => {
            injected();
            if (state > 1)
                return;
            state = 2;
            world.emit('fault-landed', where(), scope.lane);
        },
    };
}
