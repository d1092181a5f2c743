/** Judges a finished history, as a watch would have judged it while it grew. */
import { invariants } from './registry.js';
import { watcher } from './watch.js';
/**
 * One verdict per check, in registry order, relations left out. Pure: the same history gives the same verdicts.
 * @param checks default: every invariant there is.
 */
export function judge(history, checks = invariants) {
    const watch = watcher(checks).begin(history.facts);
    for (const event of history.events)
        watch.feed(event);
    watch.rest(history.truncated);
    return watch.verdicts();
}
