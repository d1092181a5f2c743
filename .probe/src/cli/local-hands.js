/** Hands that run trials in this process: what joins the search with scenarios and their checks. */
import { readFileSync } from 'node:fs';
import { inProcess } from '../explore/in-process.js';
import { compile } from '../scenario/compile.js';
import { runTrial } from '../scenario/run-trial.js';
/** The first trial of a scenario is its calm day: no other comes without what is intended. */
export function localHands(scenarios) {
    return inProcess(scenarios, (scenario, options) => runTrial(scenario, { ...options, calm: options.intended === undefined }), lore);
}
const lore = {
    invariants: (scenario, calm) => compile(scenario).checks.map((check) => ({ name: check.name, says: check.says, usual: check.usual, concerns: check.concerns(calm.facts) })),
    sourceLine,
};
/** Empty where the file cannot be read: a story is told without it. */
function sourceLine(at) {
    const [, file, line] = /^(.+):(\d+)$/.exec(at) ?? [];
    if (file === undefined)
        return '';
    try {
        return readFileSync(file, 'utf8').split('\n')[Number(line) - 1]?.trim() ?? '';
    }
    catch {
        return '';
    }
}
