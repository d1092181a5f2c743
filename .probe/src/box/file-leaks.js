/** Writing files: a trial must leave nothing behind. Reading is allowed (modules load lazily), and waited for. */
import fs from 'node:fs';
import { calledBy } from './call-site.js';
import { captureDescriptor } from './console.js';
import { guard } from './leak.js';
const changes = [
    ...['appendFile', 'chmod', 'chown', 'copyFile', 'cp', 'lchown', 'link', 'mkdir', 'mkdtemp', 'rename', 'rm', 'rmdir'],
    ...['symlink', 'truncate', 'unlink', 'utimes', 'writeFile'],
];
const writeFlags = fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT;
export function installFileLeaks() {
    for (const name of changes) {
        const describe = ([path]) => writing(path);
        guard(fs, name, describe);
        guard(fs, `${name}Sync`, describe);
        guard(fs.promises, name, describe, true);
    }
    guard(fs, 'createWriteStream', ([path, options]) => (options?.fd === undefined ? writing(path) : undefined));
    const opening = ([path, flags]) => (opensForWriting(flags) ? writing(path) : undefined);
    guard(fs, 'open', opening);
    guard(fs, 'openSync', opening);
    guard(fs.promises, 'open', opening, true);
    captureDescriptor(fs);
}
function opensForWriting(flags) {
    return typeof flags === 'number' ? (flags & writeFlags) !== 0 : typeof flags === 'string' && /[wa+]/.test(flags);
}
/** jiti keeps what it compiled: a write of the loader, not of the agent. */
function writing(path) {
    return calledBy('jiti') ? undefined : `writing the file ${String(path)}`;
}
