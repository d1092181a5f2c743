/** The real clock, timers, chance and network, captured before any shim: import them from here to be sure of the real thing. */
import * as timersPromises from 'node:timers/promises';
import { box } from './shared-box.js';
function capture() {
    const sleep = timersPromises.setTimeout;
    return {
        Date,
        dateNow: Date.now,
        setTimeout,
        clearTimeout,
        setInterval,
        clearInterval,
        setImmediate,
        clearImmediate,
        sleep: (delayMs) => sleep(delayMs),
        performanceNow: performance.now.bind(performance),
        random: Math.random,
        randomUUID: crypto.randomUUID.bind(crypto),
        fetch: globalThis.fetch,
        exit: process.exit.bind(process),
        writeOut: process.stdout.write.bind(process.stdout),
        writeError: process.stderr.write.bind(process.stderr),
    };
}
box.real ??= capture();
/** Captured once a process, by whichever copy of the package came first. */
export const real = box.real;
