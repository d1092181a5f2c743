/** Every way one file names another: imports static and dynamic, types of modules, `export … from`. */
import { posix } from 'node:path';
import { isNode, nameOf, textOf, walk } from './syntax.js';
const everything = ['*'];
const known = new WeakMap();
export function importsOf(file) {
    const before = known.get(file);
    if (before)
        return before;
    const found = [];
    walk(file.syntax, (node, around) => {
        const one = importOf(node, around);
        if (one)
            found.push({ ...one, line: file.lineAt(node.start) });
    });
    known.set(file, found);
    return found;
}
function importOf(node, around) {
    const specifier = textOf(node['source']);
    if (specifier === undefined)
        return undefined;
    const erased = (field) => (node[field] === 'type' ? 'type' : 'static');
    switch (node.type) {
        case 'ImportDeclaration':
            return { specifier, kind: erased('importKind'), names: node['specifiers'].map(importedName) };
        case 'ExportNamedDeclaration':
            return {
                specifier,
                kind: erased('exportKind'),
                names: node['specifiers'].map((one) => moduleName(one['local'])),
            };
        case 'ExportAllDeclaration':
            return { specifier, kind: erased('exportKind'), names: everything };
        case 'ImportExpression':
            return { specifier, kind: 'dynamic', names: namesAwaited(around) };
        case 'TSImportType':
            return { specifier, kind: 'type', names: [firstOf(node['qualifier']) ?? '*'] };
        default:
            return undefined;
    }
}
function importedName(specifier) {
    if (specifier.type === 'ImportDefaultSpecifier')
        return 'default';
    return specifier.type === 'ImportNamespaceSpecifier' ? '*' : moduleName(specifier['imported']);
}
/** A name in an import or export clause, which may be written as a string. */
export const moduleName = (value) => nameOf(value) ?? textOf(value) ?? '*';
/** The first name of `A.B.C`. */
function firstOf(qualifier) {
    if (!isNode(qualifier))
        return undefined;
    return qualifier.type === 'TSQualifiedName' ? firstOf(qualifier['left']) : nameOf(qualifier);
}
/** What `const { a, b } = await import(…)` takes, or everything where it is not written so. */
function namesAwaited(around) {
    const declarator = around.at(-2);
    const pattern = declarator?.type === 'VariableDeclarator' ? declarator['id'] : undefined;
    if (around.at(-1)?.type !== 'AwaitExpression' || !isNode(pattern) || pattern.type !== 'ObjectPattern')
        return everything;
    return pattern['properties'].map((property) => moduleName(property['key']));
}
/** The path a specifier leads to, if it is a file of ours: `./x.js` is `x.ts`, `stormproof/check` is `src/check.ts`. */
export function resolveImport(from, specifier) {
    if (specifier === 'stormproof')
        return 'src/index.ts';
    if (specifier.startsWith('stormproof/'))
        return `src/${specifier.slice('stormproof/'.length)}.ts`;
    if (!specifier.startsWith('.'))
        return undefined;
    const path = posix.join(posix.dirname(from.path), specifier);
    return from.path.endsWith('.ts') ? path.replace(/\.js$/, '.ts') : path;
}
/** `@scope/name/deep` belongs to `@scope/name`, `node:fs/promises` to `node:fs`. */
export function packageOf(specifier) {
    const parts = specifier.split('/');
    return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
