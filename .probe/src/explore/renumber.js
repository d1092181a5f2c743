/** Renumbering: a retry that a dropped fault caused is gone too, so what came after it moves one attempt, try or turn down. */
import { callOf, lowered, ordinalOf, ordinals } from './label.js';
/** All lists with one decision fewer and the later decisions moved down; those without any move are left out. */
export function* renumberings(decisions) {
    for (let at = 0; at < decisions.length; at++) {
        const [gone] = decisions[at];
        const rest = decisions.filter((_, index) => index !== at);
        for (const ordinal of ordinals) {
            const moved = rest.map(([label, alternative]) => [move(gone, label, ordinal) ?? label, alternative]);
            if (moved.some(([label], index) => label !== rest[index]?.[0]))
                yield moved;
        }
    }
}
function move(gone, label, ordinal) {
    if (ordinal === 'turn')
        return isLater(gone, label, 'turn') ? lowered(label, 'turn') : undefined;
    if (callOf(gone) !== callOf(label))
        return undefined;
    return ordinal === 'met' || isLater(gone, label, ordinal) ? lowered(label, ordinal) : undefined;
}
function isLater(gone, label, ordinal) {
    const [from, at] = [ordinalOf(gone, ordinal), ordinalOf(label, ordinal)];
    return at !== undefined && (from === undefined || at > from);
}
