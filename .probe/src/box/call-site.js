/** Where in the user's code something was done: the first stack frame that is neither Node's, nor a package's, nor ours. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
const boxFolder = fileURLToPath(new URL('.', import.meta.url));
const ourFolders = [
    fileURLToPath(new URL('..', import.meta.url)),
    fileURLToPath(new URL('../../reporters/', import.meta.url)),
];
/** Paths may hold parentheses, as the route groups of Next.js do. */
const frame = /[\s(]((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):\d+\)?$/;
/** `src/support-agent.ts:19`, relative to the working directory; `''` when no frame is the user's. Slow: some ten microseconds. */
export function callSite() {
    return userFrame(currentStack());
}
/** The call site in the text of a stack. */
export function userFrame(stack) {
    for (const line of stack.split('\n')) {
        const match = frame.exec(line.trimEnd());
        if (match === null)
            continue;
        const file = pathOf(match[1]);
        if (file.includes('node_modules') || ourFolders.some((folder) => file.startsWith(folder)))
            continue;
        return `${relative(process.cwd(), file)}:${match[2]}`;
    }
    return '';
}
/** True when a file of this package (`jiti`, `tsx`) called before any of the user's did. */
export function calledBy(packageName) {
    for (const line of currentStack().split('\n').slice(1)) {
        const match = frame.exec(line.trimEnd());
        if (match === null || pathOf(match[1]).startsWith(boxFolder))
            continue;
        return pathOf(match[1]).includes(`node_modules/${packageName}/`);
    }
    return false;
}
function pathOf(specifier) {
    const bare = specifier.replace(/\?.*$/, '');
    return bare.startsWith('file://') ? fileURLToPath(bare) : bare;
}
function currentStack() {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 60;
    const stack = new Error().stack ?? '';
    Error.stackTraceLimit = limit;
    return stack;
}
