import { existsSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { defineScenario } from '../../../src/scenario/define-scenario.js';
import { markSetUp } from '../../../src/vitest/set-up.js';
import stormproof, { simTest } from '../../../src/vitest.js';
const scenario = defineScenario({ name: 'nothing', run: () => 1 });
test('the plugin adds a setup file that exists', () => {
    const [file] = stormproof().config().test.setupFiles;
    expect(existsSync(file)).toBe(true);
});
test('simTest refuses to start without the plugin, then under fake timers, then with the repro of another scenario', () => {
    expect(() => simTest(scenario)).toThrow(expect.objectContaining({ code: 'usage', remedy: expect.stringContaining('plugins: [stormproof()]') }));
    markSetUp();
    vi.useFakeTimers();
    expect(() => simTest(scenario)).toThrow('simTest cannot run under fake timers');
    vi.useRealTimers();
    expect(() => simTest(scenario, { repros: ['v1.ZApvdGhlcgph'] })).toThrow();
});
