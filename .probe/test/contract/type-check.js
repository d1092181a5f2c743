/** What the TypeScript compiler says of a project. */
import { spawnSync } from 'node:child_process';
import { compiler } from './packed.js';
/** Complaints of `tsc` with these arguments, in its order. Throws when it said something that is not about a file. */
export function typeCheck(folder, args) {
    const { stdout, stderr, status } = spawnSync(compiler, ['--pretty', 'false', ...args], {
        cwd: folder,
        encoding: 'utf8',
    });
    const lines = stdout.split('\n');
    const complaints = lines.flatMap(parse);
    if (stderr !== '' ||
        complaints.length !== lines.filter(isHead).length ||
        (status === 0) !== (complaints.length === 0)) {
        throw new Error(`tsc ended with ${status}:\n${stdout}${stderr}`);
    }
    return complaints;
}
/** Continuations of a message are indented. */
const isHead = (line) => line !== '' && !line.startsWith(' ');
function parse(line) {
    const match = /^(.+)\((\d+),(\d+)\): error (TS\d+): (.+)$/.exec(line);
    if (!match)
        return [];
    const [, file, row, column, code, text] = match;
    return [{ file, line: Number(row), column: Number(column), code, text }];
}
