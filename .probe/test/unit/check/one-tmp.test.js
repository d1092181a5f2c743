import { test } from 'vitest';
import { runTrial } from '../../../src/scenario/run-trial.js';
import { openSource, calmJob, stormJob } from '../../../src/explore/source-spec.js';
import { presetOf } from '../../../src/explore/preset.js';
import openai from '../../../scenarios/openai-refund.scenario.js';
test('x', async () => {
    const calm = await runTrial(openai, { source: openSource('openai', calmJob), calm: true, keepGoing: true });
    console.log(calm.facts);
    const r = await runTrial(openai, { source: openSource('openai', stormJob('7', presetOf('stormy'), 92)), intended: calm.facts.intended, keepGoing: true });
    for (const e of r.events)
        console.log(JSON.stringify(e).slice(0, 700));
    console.log(r.violations);
});
