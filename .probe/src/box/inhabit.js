/** Makes a world habitable for an agent: its network, its console, and an ear for what goes wrong in it. */
import { habitatOf } from './habitat.js';
import { maskKeys } from './keys.js';
import { watchNativeWork } from './native-work.js';
/**
 * From now on code in scopes of this world meets `inhabitant`; until `release()`, after which the world is over and all in it are dead.
 * API keys are masked meanwhile. The shims must be installed for anything ambient to be caught.
 */
export function inhabit(world, inhabitant) {
    watchNativeWork();
    const habitat = habitatOf(world);
    habitat.inhabitant = inhabitant;
    onRootSettled(world, () => {
        habitat.settled = true;
        for (const timer of [...habitat.unreferenced])
            timer.cancel();
    });
    const unmask = maskKeys();
    return {
        release() {
            world.over = true;
            habitat.inhabitant = undefined;
            unmask();
        },
    };
}
/** The world has no listener for this; its method is told to us as well as to it. */
function onRootSettled(world, then) {
    const settled = world.rootSettled.bind(world);
    world.rootSettled = () => {
        settled();
        then();
    };
}
