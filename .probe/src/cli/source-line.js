/** Lines of the user's source, for stories. */
import { readFileSync } from 'node:fs';
const files = new Map();
/** The text at `src/agent.ts:19`; empty where the file cannot be read: a story is told without it. */
export function sourceLine(at) {
    const [, file, line] = /^(.+):(\d+)$/.exec(at) ?? [];
    if (file === undefined)
        return '';
    const lines = files.get(file) ?? linesOf(file);
    files.set(file, lines);
    return lines[Number(line) - 1]?.trim() ?? '';
}
function linesOf(file) {
    try {
        return readFileSync(file, 'utf8').split('\n');
    }
    catch {
        return [];
    }
}
