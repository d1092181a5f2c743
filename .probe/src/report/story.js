/** A finding as a story: who did what when, in three lanes, cut to what the violation needs. Its texts are untrusted data. */
import { focusOn } from './story-focus.js';
import { headline } from './story-headline.js';
import { linesOf } from './story-lines.js';
/** A story longer than this is no longer read. */
const longest = 14;
/** Tells what led to a violation. Pure: the same history gives the same story. */
export function tellStory(events, violation, facts) {
    const until = Math.max(violation.seq, ...violation.witness);
    const before = events.filter((event) => event.seq <= until);
    const focus = focusOn(before, violation);
    const weighed = linesOf(before, focus);
    const backends = facts.backends.length === 1 ? facts.backends[0] : 'services';
    const kept = heaviest(weighed);
    return {
        headline: headline(before, violation, focus),
        backend: backends,
        lines: kept.map((entry) => entry.line),
        hidden: weighed.length - kept.length,
    };
}
/** Keeps the lines that weigh most, the later first among equals (they are nearer to the violation), in their order of time. */
function heaviest(entries) {
    if (entries.length <= longest)
        return entries;
    const ranked = entries
        .map((entry, index) => ({ entry, index }))
        .sort((a, b) => b.entry.weight - a.entry.weight || b.index - a.index);
    return ranked
        .slice(0, longest)
        .sort((a, b) => a.index - b.index)
        .map(({ entry }) => entry);
}
