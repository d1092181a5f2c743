/** Entry of a worker process: puts the world under the agent before it loads, loads scenarios, and runs trials on request. */
import { installShims } from '../box/install.js';
import { maskKeys } from '../box/keys.js';
import { real } from '../box/real.js';
import { localHands } from '../explore/local-hands.js';
import { serve } from '../explore/serve.js';
import { isScenario, scenarioOf } from '../scenario/define-scenario.js';
import { moduleLoader } from './load-module.js';
import { loadScenarios } from './load-scenarios.js';
import { ownModules } from './own-modules.js';
import { sourceLine } from './source-line.js';
const send = process.send?.bind(process);
const tell = (message) => void send?.(message);
let hands;
let last = Promise.resolve();
process.on('message', (message) => {
    if (message.kind === 'ping')
        return tell({ kind: 'pong' });
    if (message.kind === 'load')
        last = last.then(() => load(message)).catch(fail);
    if (message.kind === 'request') {
        // One after the other: interleaved trials gain little, and blame for a hang would be anybody's.
        last = last
            .then(async () => hands && tell({ kind: 'answer', answer: await serve(hands, message.request) }))
            .catch(fail);
    }
});
// The command line decides when a campaign ends; Ctrl-C reaches the whole group of processes.
process.on('SIGINT', () => { });
process.on('disconnect', () => real.exit(0));
async function load(order) {
    installShims();
    maskKeys();
    const { files, troubles } = await loadScenarios(order.folder, order.files, moduleLoader(order.folder, await ownModules()), isScenario);
    hands = localHands(files.flatMap((file) => file.scenarios), sourceLine);
    const scenarios = files.flatMap(({ file, scenarios: inside }) => inside.map((scenario) => {
        const { name, breaks, preset } = scenarioOf(scenario);
        return { name, file, breaks, preset };
    }));
    tell({ kind: 'loaded', scenarios, troubles });
}
function fail(error) {
    real.writeError(`${error instanceof Error ? error.stack : String(error)}\n`);
    real.exit(70);
}
