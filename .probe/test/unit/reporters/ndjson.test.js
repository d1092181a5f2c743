// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what this file is about
import { describe, expect, test } from 'vitest';
import { ndjsonReport } from '../../../reporters/ndjson.js';
import * as records from '../../golden/records.js';
const parse = (text) => text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
describe('one JSON a line', () => {
    test('tells a campaign from its start to its end', () => {
        expect(parse(ndjsonReport(records.failing)).map((line) => line['type'])).toEqual([
            'campaign-start',
            'finding',
            'gate',
            'campaign-end',
        ]);
    });
    test('loses nothing of a finding', () => {
        const line = parse(ndjsonReport(records.failing)).find((one) => one['type'] === 'finding');
        expect(line).toEqual({ type: 'finding', ...JSON.parse(JSON.stringify(records.finding)) });
    });
    test.each(records.hostileTexts)('%j stays inside its string and comes back unchanged', (text) => {
        const bytes = ndjsonReport(records.hostile(text));
        expect(bytes).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(parse(bytes).find((one) => one['type'] === 'finding')?.['usual']).toBe(text);
    });
});
