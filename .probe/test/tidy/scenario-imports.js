/** Scenarios are the examples: they are written against what a user can install. */
import { importsOf, packageOf, resolveImport } from './imports.js';
/** Schemas, and the SDKs that agents are written with. */
const packages = new Set([
    'stormproof',
    'zod',
    'ai',
    'openai',
    '@anthropic-ai/sdk',
    '@openai/agents',
    '@langchain/core',
    '@langchain/openai',
    '@modelcontextprotocol/sdk',
]);
/** Imports of scenarios/ that a user could not write. */
export function privateImports(files) {
    return files
        .filter((file) => file.isCode && file.isIn(['scenarios']))
        .flatMap((file) => importsOf(file)
        .filter(({ specifier }) => !isPublic(file, specifier))
        .map(({ specifier, line }) => ({
        file: file.path,
        line,
        what: `imports ${specifier}`,
        remedy: "import from 'stormproof', 'stormproof/…', zod, an SDK or scenarios/",
    })));
}
function isPublic(file, specifier) {
    if (specifier.startsWith('.'))
        return resolveImport(file, specifier)?.startsWith('scenarios/') === true;
    const name = packageOf(specifier);
    return packages.has(name) || name.startsWith('@ai-sdk/');
}
