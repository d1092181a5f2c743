import { test } from 'vitest';
import { runTrial } from '../../../src/scenario/run-trial.js';
import { openSource, calmJob, stormJob } from '../../../src/explore/source-spec.js';
import { presetOf } from '../../../src/explore/preset.js';
import checkout from '../../../scenarios/checkout.scenario.js';
import travel from '../../../scenarios/travel.scenario.js';
import support from '../../../scenarios/support-refund.scenario.js';
import openai from '../../../scenarios/openai-refund.scenario.js';
for (const [name, scenario] of Object.entries({ checkout, travel }))
    for (const preset of ['stormy', 'hostile'])
        test(`${name} ${preset}`, async () => {
            const calm = await runTrial(scenario, { source: openSource(name, calmJob), calm: true, keepGoing: true });
            const intended = calm.facts.intended;
            const arose = {};
            const bad = new Map();
            const started = Date.now();
            const n = 4000;
            let events = 0;
            for (let i = 1; i <= n; i++) {
                const result = await runTrial(scenario, { source: openSource(name, stormJob('23', presetOf(preset), i)), intended, keepGoing: true });
                events += result.events.length;
                for (const v of result.verdicts) {
                    arose[v.invariant] = (arose[v.invariant] ?? 0) + (v.arose > 0 ? 1 : 0);
                    if (v.verdict === 'invalid' || v.reason?.startsWith('the check')) {
                        const key = `${v.invariant}(${v.violation?.clause})`;
                        const e = bad.get(key) ?? { n: 0, seed: i, because: v.violation?.because ?? v.reason };
                        e.n++;
                        bad.set(key, e);
                    }
                }
            }
            console.log(name, preset, `${n} trials ${Date.now() - started} ms, ${events / n} events`, arose, [...bad]);
        }, 120000);
