/** Syntax trees of TypeScript, from the parser that vitest brings along: rules read code, not text that looks like code. */
import { parseAst } from 'vitest/node';
export function parse(path, text) {
    return parseAst(text, { lang: path.endsWith('.ts') ? 'ts' : 'js' }, path);
}
/** Visits every node, parents before children. */
export function walk(root, visit) {
    const around = [];
    const enter = (node) => {
        visit(node, around);
        around.push(node);
        for (const child of childrenOf(node))
            enter(child);
        around.pop();
    };
    enter(root);
}
export function childrenOf(node) {
    return Object.values(node).flatMap((value) => Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []);
}
export const isNode = (value) => typeof value === 'object' && value !== null && typeof value.type === 'string';
/** The name of an identifier, private ones included; undefined for everything else. */
export function nameOf(value) {
    if (!isNode(value))
        return undefined;
    return value.type === 'Identifier' || value.type === 'PrivateIdentifier' ? value['name'] : undefined;
}
/** The text of a string literal. */
export function textOf(value) {
    return isNode(value) && value.type === 'Literal' && typeof value['value'] === 'string' ? value['value'] : undefined;
}
