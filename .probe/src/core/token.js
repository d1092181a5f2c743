/** Replay tokens: a repro as one line of text, `v1.` and base64url of a compact text. */
import { StormproofError } from './error.js';
const separator = '\n';
/** One line, without blanks: safe in any shell. */
export function encodeToken(repro) {
    const lines = 'seed' in repro ? ['s', repro.scenario, repro.seed, repro.source] : ['d', repro.scenario, ...repro.decisions.map(([label, alternative]) => `${label}=${alternative}`)];
    return `v1.${Buffer.from(lines.join(separator), 'utf8').toString('base64url')}`;
}
/** Throws a `corrupt-token` error for anything `encodeToken` did not make. */
export function decodeToken(token) {
    const body = /^v1\.([A-Za-z0-9_-]+)$/.exec(token.trim())?.[1];
    if (body === undefined)
        throw corrupt(token, 'it must be `v1.` followed by letters, digits, - and _');
    const [kind, scenario, ...rest] = Buffer.from(body, 'base64url').toString('utf8').split(separator);
    if (Buffer.from(body, 'base64url').toString('base64url') !== body)
        throw corrupt(token, 'its end is missing');
    if (kind === 's' && scenario && rest.length === 2)
        return { scenario, seed: rest[0], source: rest[1] };
    if (kind !== 'd' || !scenario)
        throw corrupt(token, 'what it encodes is not a repro');
    return { scenario, decisions: rest.map((line) => splitDecision(token, line)) };
}
function splitDecision(token, line) {
    const at = line.lastIndexOf('=');
    if (at < 1 || at === line.length - 1)
        throw corrupt(token, 'one of its decisions is cut short');
    return [line.slice(0, at), line.slice(at + 1)];
}
function corrupt(token, why) {
    const shown = token.length > 40 ? `${token.slice(0, 40)}…` : token;
    return new StormproofError('corrupt-token', `the replay token ${JSON.stringify(shown)} cannot be read: ${why}`, { remedy: 'copy the whole `v1.…` line from the finding' });
}
