/** Kept repros: `checkout.scenario.ts` → `checkout.repros.json` beside it, committed, run first. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StormproofError } from '../core/error.js';
import { decodeToken } from '../core/token.js';
export const reproFileOf = (scenarioFile) => join(dirname(scenarioFile), `${basename(scenarioFile).replace(/(\.scenario)?\.[cm]?[jt]sx?$/, '')}.repros.json`);
/** Empty where there is no file. Throws a `scenario` error for a file that is not a list of repros. */
export function readRepros(scenarioFile) {
    const file = reproFileOf(scenarioFile);
    if (!existsSync(file))
        return [];
    let value;
    try {
        value = JSON.parse(readFileSync(file, 'utf8'));
    }
    catch {
        value = undefined;
    }
    const repros = value?.repros;
    if (!Array.isArray(repros) || !repros.every(isKept))
        throw new StormproofError('scenario', `${file} is not a list of kept repros`, {
            remedy: 'delete it, and keep findings again: npx stormproof keep F1',
        });
    for (const repro of repros)
        decodeToken(repro.token);
    return repros;
}
/** False when the same repro is kept already. */
export function keepRepro(scenarioFile, finding) {
    const before = readRepros(scenarioFile);
    if (before.some((repro) => repro.token === finding.token))
        return false;
    writeRepros(scenarioFile, [
        ...before,
        { scenario: finding.scenario, invariant: finding.violation.invariant, promise: finding.says, token: finding.token },
    ]);
    return true;
}
/** An empty list removes the file. */
export function writeRepros(scenarioFile, repros) {
    const file = reproFileOf(scenarioFile);
    if (repros.length === 0) {
        rmSync(file, { force: true });
        return;
    }
    const sorted = [...repros].sort((a, b) => (a.scenario + a.token < b.scenario + b.token ? -1 : 1));
    writeFileSync(file, `${JSON.stringify({ repros: sorted }, null, 2)}\n`);
}
function isKept(value) {
    const one = value;
    return typeof one === 'object' && one !== null && typeof one.scenario === 'string' && typeof one.token === 'string';
}
