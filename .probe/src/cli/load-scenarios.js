/** Scenario files to scenarios. What is wrong with one file is told and does not stop the others. */
import { join } from 'node:path';
import { StormproofError } from '../core/error.js';
/** Files are relative to `folder`. Shims must stand before this is called: what a module captures while it loads, it keeps. */
export async function loadScenarios(folder, files, load, isScenario) {
    const loaded = [];
    const troubles = [];
    const home = new Map();
    for (const file of files) {
        const scenarios = [];
        try {
            for (const scenario of scenariosOf(await load(join(folder, file)), isScenario)) {
                const other = home.get(scenario.name);
                if (other !== undefined)
                    throw new StormproofError('scenario', `its scenario ${JSON.stringify(scenario.name)} has the name of one in ${other}`, { remedy: 'give each its own name: a replay token names one' });
                home.set(scenario.name, file);
                scenarios.push(scenario);
            }
            if (scenarios.length === 0)
                throw new StormproofError('scenario', 'it exports no scenario', {
                    remedy: 'export default defineScenario({ … })',
                });
        }
        catch (error) {
            troubles.push(troubleOf(file, error));
        }
        if (scenarios.length > 0)
            loaded.push({ file, scenarios });
    }
    return { files: loaded, troubles };
}
/** Every export counts once, under whatever name. */
function scenariosOf(module, isScenario) {
    return new Set(Object.values(module).filter(isScenario));
}
function troubleOf(file, error) {
    const message = error instanceof Error ? error.message : String(error);
    const remedy = error instanceof StormproofError ? error.remedy : firstFrame(error);
    return { file, message, remedy: remedy ?? '' };
}
/** Where it broke, if the stack says so. */
function firstFrame(error) {
    const frame = error instanceof Error
        ? error.stack
            ?.split('\n')
            .find((line) => /^\s+at /.test(line) && !line.includes('node_modules') && !line.includes('node:'))
        : undefined;
    return frame?.trim();
}
