/** What a user may say about how long to look. */
import { StormproofError } from '../core/error.js';
export const defaultTrials = 300;
export const defaultTime = '30s';
export const defaultSeed = 1;
export const defaultPreset = 'stormy';
/** `30s` and `2m` in milliseconds. Anything else is a `usage` error. */
export function parseTime(text) {
    const match = /^(\d+(?:\.\d+)?)(s|m)$/.exec(text);
    const ms = match ? Number(match[1]) * (match[2] === 'm' ? 60_000 : 1_000) : 0;
    if (ms > 0)
        return ms;
    throw new StormproofError('usage', `${JSON.stringify(text)} is no length of time`, {
        remedy: 'write `30s` for seconds or `2m` for minutes',
    });
}
/** A whole number of storms, from 1. */
export function checkTrials(trials) {
    if (Number.isSafeInteger(trials) && trials >= 1)
        return trials;
    throw new StormproofError('usage', `${trials} is no number of storms`, {
        remedy: 'give a whole number, 1 or more: `trials: 300`',
    });
}
