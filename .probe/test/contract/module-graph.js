/** Which modules a built file pulls in: its import graph, read from the files themselves, lazy imports included. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
const staticImport = /^(?:import|export)\b[^'"]*?\bfrom ['"]([^'"]+)['"]/gm;
const sideEffect = /^import ['"]([^'"]+)['"]/gm;
const lazyImport = /\bimport\(['"]([^'"]+)['"]\)/g;
/** `extension` is that of the files, `.js` or `.d.ts`: declarations import by the name of the code. */
export function moduleGraph(entries, extension = '.js') {
    const files = new Set();
    const packages = new Set();
    const open = [...entries];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
        if (files.has(file))
            continue;
        if (!existsSync(file))
            throw new Error(`${file} is imported but does not exist`);
        files.add(file);
        for (const specifier of specifiersOf(withoutComments(readFileSync(file, 'utf8')))) {
            if (specifier.startsWith('.'))
                open.push(resolve(file, '..', specifier).replace(/\.js$/, extension));
            else if (!specifier.startsWith('node:'))
                packages.add(packageName(specifier));
        }
    }
    return { files, packages };
}
function specifiersOf(source) {
    return [staticImport, sideEffect, lazyImport].flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1]));
}
const withoutComments = (source) => source.replace(/^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm, '');
/** `@scope/name/sub` to `@scope/name`. */
const packageName = (specifier) => specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
