import { it } from 'vitest';
import { localHands } from '../../../src/explore/local-hands.js';
it('try', async () => {
    const s = (await import(`../../../scenarios/support-refund.scenario.ts`)).default;
    const h = localHands([s]);
    const job = (d) => ({ origin: 'replay', index: 0, keepSites: 'all', source: { kind: 'replay', decisions: d } });
    const [a] = await h.trials(s.name, [job([['shop.refund#t2.c0/a1', 'tool/timeout-after-effect'], ['model/t3@reaction', 'again']])]);
    console.log(JSON.stringify(a.visited.filter(v => v.kind !== 'hold')));
    const b = await h.bytes(s.name, job([['shop.refund#t2.c0/a1', 'tool/timeout-after-effect'], ['model/t3@reaction', 'again']]));
}, 120000);
