var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
import { it } from 'vitest';
import { runCampaign } from '../../../src/explore/campaign.js';
import { localHands } from '../../../src/explore/local-hands.js';
it('try', async () => {
    for (const f of ['checkout', 'travel', 'support-refund']) {
        const s = (await import(__rewriteRelativeImportExtension(`../../../scenarios/${f}.scenario.ts`))).default;
        const t0 = performance.now();
        const r = await runCampaign({ scenario: { name: s.name, file: f, breaks: [] }, hands: [localHands([s])], seed: '1', preset: process.env['P'] ?? 'stormy', trials: 300, now: () => performance.now(), onProgress: () => { } });
        const { findings, ...rest } = r;
        console.log(f, Math.round(performance.now() - t0), r.result, r.survived, r.singles, r.nondeterminism, r.problems, r.invariants.filter(x => x.group === 'never-arose').map(x => x.name));
        for (const x of findings)
            console.log(x.signature, x.decisions, x.needs, x.shrink, x.seen, x.replays, x.origin, x.story.headline);
    }
}, 120000);
