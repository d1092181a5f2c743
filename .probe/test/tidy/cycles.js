/** Runtime import cycles: files that wait for each other while they load. Erased and dynamic imports cannot do that. */
import { importsOf, resolveImport } from './imports.js';
/** One finding a cycle, with the whole way round. */
export function importCycles(files) {
    const code = new Map(files.filter((file) => file.isCode).map((file) => [file.path, file]));
    const done = new Set();
    const trail = [];
    const findings = [];
    const enter = (file) => {
        trail.push(file.path);
        for (const { specifier, kind, line } of importsOf(file)) {
            const path = kind === 'static' ? resolveImport(file, specifier) : undefined;
            const target = path === undefined ? undefined : code.get(path);
            if (!target || done.has(target.path))
                continue;
            const from = trail.indexOf(target.path);
            if (from < 0)
                enter(target);
            else
                findings.push(cycle(file, line, [...trail.slice(from), target.path]));
        }
        trail.pop();
        done.add(file.path);
    };
    for (const file of code.values())
        if (!done.has(file.path))
            enter(file);
    return findings;
}
const cycle = (file, line, way) => ({
    file: file.path,
    line,
    what: `closes the cycle ${way.join(' -> ')}`,
    remedy: 'move what both need into a file of its own; where only a type is needed, write `import type`',
});
