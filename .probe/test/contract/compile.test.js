/** The files of a user compile as they stand against the packed types, and every misuse is refused where it is made. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyProject, newConsumer } from './consumer.js';
import { packPackage } from './packed.js';
import { typeCheck } from './type-check.js';
/** Where the compiler points when it refuses: the beginning of the wrong part, by the reason given above the statement. */
const refusedAt = {
    'a tool that the agent does not have': `'refund'`,
    'arguments that the tool does not take': `id: 'A-7'`,
    'an effect that the backend does not have': 'order.length',
    'a missing backend': 'agent: checkoutAgent',
    'an invariant whose backend the scenario lacks': 'noLateRefund]',
    'both kinds of agent': 'agent: checkoutAgent',
    'a fault without a family': `name: 'stale'`,
    'an operation that does not exist': `operation: 'orders'`,
    'an answer of another shape': 'after: () =>',
    'a handler that forgets to judge': `'shop.refund': () =>`,
    'an event nobody emits': `'shop.refunded'`,
    'a read has no compensation': '{ name:',
    'an output that does not fit its schema': '({ id: 1 })',
};
/** They call `toolTest`, which `stormproof/vitest` does not have yet. Once it has, they move up. */
const later = [
    'a clause switched off without a reason',
    'an input field that the tool does not have',
    'an arbitrary of the wrong type',
];
const misuse = readFileSync(new URL('./project/misuse.ts', import.meta.url), 'utf8');
const expectation = /^\/\/ @ts-expect-error (.+)$/;
/** The statements that must not compile; each stands on the line below its reason. */
function wrongStatements() {
    const lines = misuse.split('\n');
    return lines.flatMap((text, index) => {
        const reason = expectation.exec(text)?.[1];
        return reason === undefined ? [] : [{ reason, line: index + 2, source: lines[index + 1] }];
    });
}
let packed;
let consumer;
let unchanged;
let unprotected;
beforeAll(() => {
    packed = packPackage();
    consumer = newConsumer(packed);
    copyProject(consumer);
    unchanged = typeCheck(consumer.folder, ['-p', '.']);
    consumer.write('misuse.ts', misuse.replaceAll('// @ts-expect-error', '//'));
    unprotected = typeCheck(consumer.folder, ['-p', '.']);
}, 60_000);
afterAll(() => {
    consumer?.remove();
    packed?.remove();
});
describe('the project of a user', () => {
    test('compiles without a complaint, except for the wrong programs', () => {
        expect(unchanged.filter(({ file }) => file !== 'misuse.ts')).toEqual([]);
    });
    test('holds the wrong programs this suite knows, and no other', () => {
        const reasons = wrongStatements().map(({ reason }) => reason);
        expect(reasons).toEqual([...Object.keys(refusedAt), ...later]);
    });
});
describe('a wrong program is refused', () => {
    test.each(wrongStatements().filter(({ reason }) => reason in refusedAt))('$reason', ({ reason, line, source }) => {
        const complaints = unprotected.filter((each) => each.file === 'misuse.ts' && each.line === line);
        const places = complaints.map(({ column }) => source.slice(column - 1));
        expect(places).toEqual([expect.stringContaining(refusedAt[reason])]);
        expect(places[0]?.startsWith(refusedAt[reason])).toBe(true);
    });
    test('and nothing else in its file is, but for toolTest, which comes later', () => {
        const wrong = wrongStatements().map(({ line }) => line);
        const others = unprotected.filter((each) => each.file === 'misuse.ts' && !wrong.includes(each.line));
        expect(others.map(({ text }) => text)).toEqual([
            expect.stringContaining(`'"stormproof/vitest"' has no exported member 'toolTest'`),
        ]);
    });
    test.each(later)('later: %s', (reason) => {
        expect(wrongStatements().find((each) => each.reason === reason)?.source).toMatch(/^toolTest\(/);
    });
});
