/** Ids in the look of a provider's own, derived from the causal name of a request and nothing else. */
import { hash32 } from '../core/digest.js';
/** 16 hex digits: safe in headers and paths, whatever the name contains. */
export function wireId(name) {
    return hex(hash32(name, 0x2545f491)) + hex(hash32(name, 0x6c078965));
}
const hex = (value) => value.toString(16).padStart(8, '0');
