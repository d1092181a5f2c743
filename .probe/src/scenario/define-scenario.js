/** Declaring a scenario: one task for one agent, how to start it, what the model says, what must be true. */
import { StormproofError } from '../core/error.js';
const brand = Symbol.for('stormproof.scenario');
export function defineScenario(scenario) {
    const name = scenario.name;
    if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) {
        throw new StormproofError('scenario', `a scenario's name must be letters, digits, - _ and ., not ${JSON.stringify(name)}`, { remedy: "name: 'support-refund'" });
    }
    if ((scenario.agent === undefined) === (scenario.run === undefined)) {
        throw new StormproofError('scenario', `scenario "${name}" must have either \`agent\` or \`run\``, { remedy: '`agent` for an agent on stormproof\'s runtime, `run` for any other' });
    }
    if (scenario.run && scenario.isolate) {
        throw new StormproofError('scenario', `scenario "${name}": \`isolate\` is not supported yet`, { remedy: 'reset the module state inside `run`' });
    }
    const faults = typeof scenario.faults === 'string' ? { preset: scenario.faults } : (scenario.faults ?? {});
    const foreign = scenario;
    const definition = {
        name,
        breaks: scenario.breaks ?? [],
        backends: scenario.backends ?? {},
        model: scenario.model,
        onFailure: scenario.onFailure ?? 'any',
        always: scenario.always ?? {},
        invariants: scenario.invariants ?? [],
        preset: faults.preset,
        addedFaults: faults.add ?? [],
        without: faults.without ?? [],
        agent: scenario.agent,
        prompt: scenario.prompt ?? '',
        run: foreign.run,
        restart: foreign.restart,
        tools: foreign.tools,
        success: scenario.success,
    };
    return { name, [brand]: definition };
}
export function isScenario(value) {
    return typeof value === 'object' && value !== null && brand in value;
}
/** Throws a `scenario` error for a value that `defineScenario` did not make. */
export function scenarioOf(scenario) {
    const definition = scenario[brand];
    if (!definition)
        throw new StormproofError('scenario', 'this is not a scenario', { remedy: 'pass what `defineScenario` returned' });
    return definition;
}
