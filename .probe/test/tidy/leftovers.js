/** What must not be committed: tests that run alone or not at all, notes to oneself, names of the machine it was written on. */
import { nameOf, walk } from './syntax.js';
const runners = new Set(['test', 'it', 'describe', 'suite', 'bench']);
const narrowing = new Set(['only', 'skip', 'todo', 'fails']);
/** `test.only`, `describe.skip` and the like; `skipIf` and `runIf` state a condition and may stay. */
export function narrowedTests(files) {
    return files
        .filter((file) => file.isCode)
        .flatMap((file) => {
        const findings = [];
        walk(file.syntax, (node) => {
            const member = node.type === 'MemberExpression' ? nameOf(node['property']) : undefined;
            if (member === undefined || !narrowing.has(member) || !runners.has(rootOf(node) ?? ''))
                return;
            findings.push({
                file: file.path,
                line: file.lineAt(node.start),
                what: `${rootOf(node)}.${member}`,
                remedy: 'let the test run, or delete it',
            });
        });
        return findings;
    });
}
function rootOf(node) {
    let object = node;
    while (object.type === 'MemberExpression' || object.type === 'CallExpression')
        object = (object['object'] ?? object['callee']);
    return nameOf(object);
}
// Written so that the patterns do not find themselves.
const notes = /\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/g;
const machine = new RegExp([
    '(?<![\\w.*~-])/(?:wor[k]|root|workspace|builds?|home/[a-z][\\w-]*|Users/[A-Za-z][\\w-]*)/',
    '\\b(?:registr[y]|artifactory|nexus|verdaccio|pypi|mirrors?)(?:[.-][\\w-]+)*\\.(?:com|org|net|io|dev|local|internal|lan|cloud)\\b',
    '\\b(?:codeartifact|pkg\\.dev|jfrog\\.io)\\b',
].join('|'), 'g');
/** Notes to oneself, in any text: what is open is an issue, not a comment. */
export function openNotes(files) {
    return files.flatMap((file) => occurrences(file, notes, 'do it, or open an issue'));
}
/** Paths and hosts that mean something on one machine only. The lock file may name the public registry. */
export function machineNames(files) {
    return files.flatMap((file) => occurrences(file, machine, 'nobody else has it: use a relative path or a made-up name'));
}
function occurrences(file, pattern, remedy) {
    return [...file.text.matchAll(pattern)]
        .filter(([found]) => !(file.path === 'package-lock.json' && found === publicRegistry))
        .map((found) => ({
        file: file.path,
        line: file.lineAt(found.index),
        what: `names ${JSON.stringify(found[0])}`,
        remedy,
    }));
}
const publicRegistry = ['registry', 'npmjs', 'org'].join('.');
