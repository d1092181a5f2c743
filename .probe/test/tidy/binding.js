/** The names a piece of syntax binds: declarations, parameters, imports, patterns of any depth. */
import { isNode, nameOf } from './syntax.js';
const bindingFields = {
    VariableDeclarator: ['id'],
    FunctionDeclaration: ['id', 'params'],
    FunctionExpression: ['id', 'params'],
    ArrowFunctionExpression: ['params'],
    ClassDeclaration: ['id'],
    CatchClause: ['param'],
    ImportSpecifier: ['local'],
    ImportDefaultSpecifier: ['local'],
    ImportNamespaceSpecifier: ['local'],
};
const innerFields = ['properties', 'elements', 'value', 'argument', 'left', 'parameter'];
/** Names bound by this node itself, not by those inside its body. */
export function bindingNames(node) {
    return (bindingFields[node.type] ?? []).flatMap((field) => patternNames(node[field]));
}
function patternNames(pattern) {
    if (Array.isArray(pattern))
        return pattern.flatMap(patternNames);
    if (!isNode(pattern))
        return [];
    const name = nameOf(pattern);
    return name === undefined ? innerFields.flatMap((field) => patternNames(pattern[field])) : [name];
}
