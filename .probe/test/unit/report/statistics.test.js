import { describe, expect, test } from 'vitest';
import { exactLower, exactUpper, incompleteBeta, ruleOfThree, trialsNeeded, wilson, } from '../../../src/report/statistics.js';
const percent = (share, digits = 2) => (share * 100).toFixed(digits);
describe('intervals', () => {
    test("Wilson's upper bound of no failure in 100 is 3.70 %", () => {
        expect(percent(wilson(0, 100).upper)).toBe('3.70');
    });
    test.each([
        [996, 1000, '98.98', '99.84'],
        [2391, 2400, '99.29', '99.80'],
        [392, 400, '96.10', '98.98'],
    ])('Wilson of %i of %i is %s to %s %%', (k, n, lower, upper) => {
        expect([percent(wilson(k, n).lower), percent(wilson(k, n).upper)]).toEqual([lower, upper]);
    });
    test.each([
        [0, 100, 0.975, '3.62'],
        [0, 100, 0.95, '2.95'],
        [0, 300, 0.95, '0.99'],
        [0, 420, 0.95, '0.71'],
    ])('the exact upper bound of %i of %i at %d is %s %%', (k, n, confidence, upper) => {
        expect(percent(exactUpper(k, n, confidence))).toBe(upper);
    });
    test.each([
        [392, 400, 0.95, '96.42'],
        [50, 50, 0.95, '94.18'],
        [50, 50, 0.975, '92.89'],
    ])('the exact lower bound of %i of %i at %d is %s %%', (k, n, confidence, lower) => {
        expect(percent(exactLower(k, n, confidence))).toBe(lower);
    });
    test('the rule of three gives 3 % for 100 clean trials', () => {
        expect(percent(ruleOfThree(100))).toBe('3.00');
    });
    test('nothing tried proves nothing', () => {
        expect([wilson(0, 0), exactLower(0, 0), exactUpper(0, 0), ruleOfThree(0)]).toEqual([
            { lower: 0, upper: 1 },
            0,
            1,
            1,
        ]);
    });
});
describe('clean trials needed', () => {
    test.each([
        [0.05, [29, 59, 299, 2995]],
        [0.025, [36, 72, 368, 3688]],
    ])('one-sided %d', (alpha, needed) => {
        expect([0.9, 0.95, 0.99, 0.999].map((target) => trialsNeeded(target, alpha))).toEqual(needed);
    });
    test('no number of trials shows a share of one', () => {
        expect(trialsNeeded(1)).toBe(Number.POSITIVE_INFINITY);
    });
});
describe('the incomplete beta function', () => {
    test('equals the sum of binomial tails, on both sides of its symmetry point', () => {
        const n = 12;
        for (const x of [0.02, 0.3, 0.5, 0.71, 0.97]) {
            for (let k = 1; k <= n; k++) {
                let tail = 0;
                for (let j = k; j <= n; j++)
                    tail += choose(n, j) * x ** j * (1 - x) ** (n - j);
                expect(incompleteBeta(x, k, n - k + 1)).toBeCloseTo(tail, 12);
            }
        }
    });
    test('mirrors itself', () => {
        expect(incompleteBeta(0.3, 2.5, 7) + incompleteBeta(0.7, 7, 2.5)).toBeCloseTo(1, 13);
    });
});
function choose(n, k) {
    let result = 1;
    for (let i = 1; i <= k; i++)
        result = (result * (n - k + i)) / i;
    return result;
}
