/** Installs the shims, once a process. */
import { syncBuiltinESMExports } from 'node:module';
import { installConsole } from './console.js';
import { installCryptoRandom } from './crypto-random.js';
import { installDate } from './date.js';
import { installFetch } from './fetch.js';
import { installFileLeaks } from './file-leaks.js';
import { installMonotonic } from './monotonic.js';
import { installNetworkLeaks } from './network-leaks.js';
import { installProcessExit } from './process-exit.js';
import { installProcessLeaks } from './process-leaks.js';
import { installMathRandom } from './random.js';
import { box } from './shared-box.js';
import { installTemporal } from './temporal.js';
import { installTimerPromises } from './timer-promises.js';
import { installTimers } from './timers.js';
import { installUncaught } from './uncaught.js';
/** Idempotent, also across copies of the package. To be called before the agent's modules load: what they captured earlier stays real. */
export function installShims() {
    if (box.installed)
        return;
    box.installed = true;
    installDate();
    installTimers();
    installTimerPromises();
    installMonotonic();
    installTemporal();
    installMathRandom();
    installCryptoRandom();
    installFetch();
    installConsole();
    installNetworkLeaks();
    installProcessLeaks();
    installFileLeaks();
    installProcessExit();
    installUncaught();
    syncBuiltinESMExports();
}
/** False when a simulation of somebody else's agent would meet the real world. */
export const shimsInstalled = () => box.installed;
