/** All files of the repository that somebody wrote: what is generated, installed or hidden is not read. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SourceFile } from './source-file.js';
const root = fileURLToPath(new URL('../..', import.meta.url));
const notOurs = new Set(['node_modules', 'dist', 'coverage']);
const hiddenButOurs = new Set(['.github', '.gitignore', '.npmrc', '.nvmrc', '.editorconfig']);
export function readTree() {
    return pathsUnder('').map((path) => new SourceFile(path, readFileSync(root + path, 'utf8')));
}
function pathsUnder(folder) {
    return readdirSync(root + folder, { withFileTypes: true })
        .filter(({ name }) => !notOurs.has(name) && !name.endsWith('.tgz') && (!name.startsWith('.') || hiddenButOurs.has(name)))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory())
            return pathsUnder(path);
        return entry.isFile() ? [path] : [];
    });
}
