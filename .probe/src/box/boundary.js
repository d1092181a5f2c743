/** The macrotask boundary: the agent's code has run as far as it can without the world. */
import { abandonNativeWork, nativeBusy } from './native-work.js';
import { real } from './real.js';
import { box } from './shared-box.js';
/** Real milliseconds that native work may take. */
const longestWaitMs = 2000;
/** Turns of the loop before waiting stops to be a busy one. */
const eagerTurns = 200;
const native = box.native;
/** Calls back after one real immediate, and after as many more as native work of the agent needs; the world's clock stands still. */
export function boundary(then) {
    immediately(look, then);
}
function look(then) {
    if (nativeBusy())
        wait(then, real.performanceNow() + longestWaitMs);
    else
        then();
}
function wait(then, until) {
    let turns = 0;
    const turn = () => {
        const busy = nativeBusy();
        const late = busy && real.performanceNow() > until;
        if (late)
            abandonNativeWork();
        if (!busy || late)
            then();
        else if (++turns <= eagerTurns)
            immediately(turn);
        else
            real.setTimeout(turn, 1);
    };
    immediately(turn);
}
function immediately(run, ...args) {
    native.ours = true;
    real.setImmediate(run, ...args);
    native.ours = false;
}
