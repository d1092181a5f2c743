/** Exports that nobody imports. What only its own file needs is not exported; what nobody needs is deleted. */
import { bindingNames } from './binding.js';
import { importsOf, moduleName, resolveImport } from './imports.js';
import { isNode, nameOf } from './syntax.js';
/** Entry files are the public surface: their exports are imported by users. */
const isEntry = (file) => /^src\/[^/]+$/.test(file.path);
/** Exports of src/ that no other file of the repository imports. */
export function deadExports(files) {
    const code = files.filter((file) => file.isCode);
    const taken = new Map();
    for (const file of code) {
        for (const { specifier, names } of importsOf(file)) {
            const target = resolveImport(file, specifier);
            if (target === undefined)
                continue;
            const known = taken.get(target) ?? new Set();
            taken.set(target, known);
            for (const name of names)
                known.add(name);
        }
    }
    return code
        .filter((file) => file.isIn(['src']) && !isEntry(file))
        .flatMap((file) => {
        const used = taken.get(file.path);
        if (used?.has('*'))
            return [];
        return exportsOf(file)
            .filter(({ name }) => !used?.has(name))
            .map(({ name, line }) => ({
            file: file.path,
            line,
            what: `nobody imports ${name}`,
            remedy: 'delete it, or drop the word `export` where its own file needs it',
        }));
    });
}
function exportsOf(file) {
    return file.syntax['body'].flatMap((node) => {
        const line = file.lineAt(node.start);
        if (node.type === 'ExportDefaultDeclaration')
            return [{ name: 'default', line }];
        if (node.type !== 'ExportNamedDeclaration')
            return [];
        const specifiers = node['specifiers'];
        const names = specifiers.length > 0 ? specifiers.map((one) => moduleName(one['exported'])) : declaredNames(node['declaration']);
        return names.map((name) => ({ name, line }));
    });
}
function declaredNames(declaration) {
    if (!isNode(declaration))
        return [];
    if (declaration.type === 'VariableDeclaration')
        return declaration['declarations'].flatMap(bindingNames);
    const name = nameOf(declaration['id']);
    return name === undefined ? [] : [name];
}
