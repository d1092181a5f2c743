/** Real chance: a fresh salt for every caller, and one number for each label under it. */
import { randomInt } from 'node:crypto';
import { hash32 } from '../core/digest.js';
/** One for every run: two of them never draw alike. */
export function systemRandom() {
    const salt = randomInt(2 ** 32);
    return { below: (label, bound) => hash32(label, salt) % bound };
}
