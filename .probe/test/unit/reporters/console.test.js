// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what this file is about
import { describe, expect, test } from 'vitest';
import { cells } from '../../../reporters/console/columns.js';
import { consoleReport } from '../../../reporters/console.js';
import * as records from '../../golden/records.js';
const options = { width: 120, color: false, folder: '.stormproof/latest' };
describe('the four endings', () => {
    test.each(['failing', 'passing', 'scenarioError', 'notRepeatable'])('%s reads as it always did', async (name) => {
        await expect(consoleReport(records[name], options)).toMatchFileSnapshot(`../../golden/${name}.txt`);
    });
    test('a narrow terminal gets a list in place of a table', async () => {
        await expect(consoleReport(records.failing, { ...options, width: 60 })).toMatchFileSnapshot('../../golden/failing-narrow.txt');
    });
    test('quiet keeps findings and the result alone', async () => {
        await expect(consoleReport(records.failing, { ...options, quiet: true })).toMatchFileSnapshot('../../golden/failing-quiet.txt');
    });
});
describe('what others wrote', () => {
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
    test.each(records.hostileTexts)('%j cannot reach the terminal as anything but text', (text) => {
        for (const width of [50, 120])
            expect(consoleReport(records.hostile(text), { ...options, width, verbose: true })).not.toMatch(control);
    });
    test('cannot break a line of its own: the report has as many lines as with a plain text', () => {
        const lines = (text) => consoleReport(records.hostile(text), options).split('\n').length;
        expect(lines('a\r\n\n b')).toBe(lines('a b'));
    });
});
describe('layout', () => {
    test.each([40, 60, 84, 100, 160])('no line but those to copy is wider than %i columns', (width) => {
        const lines = consoleReport(records.failing, { ...options, width }).split('\n');
        for (const line of lines)
            if (!/npx stormproof (replay|keep)/.test(line))
                expect(cells(line), line).toBeLessThanOrEqual(width);
    });
    test('colours add nothing but colours', () => {
        const colored = consoleReport(records.failing, { ...options, color: true });
        expect(colored).toContain('\u001b[31m');
        expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(consoleReport(records.failing, options));
    });
    test('the replay line is never cut', () => {
        expect(consoleReport(records.failing, { ...options, width: 40 })).toContain(`npx stormproof replay ${records.finding.token}\n`);
    });
    test('a campaign without scenarios still ends with a result', () => {
        const empty = consoleReport({ ...records.passing, scenarios: [] }, options);
        expect(empty).toContain('PASS  no finding; no storm was run');
        expect(empty).toContain(' exit 0\n');
    });
    test('an interrupted campaign says that it is partial', () => {
        expect(consoleReport({ ...records.passing, result: 'interrupted', exitCode: 130 }, options)).toContain('INTERRUPTED  the record is partial');
    });
});
