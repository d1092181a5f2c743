/** Real time: the monotonic clock of the machine, and its wall clock for people. */
/** The longest delay a timer of the platform takes; a longer one would fire at once. */
const longestMs = 2 ** 31 - 1;
/** Milliseconds since the machine started, so that a run resumed by another process still knows its deadline. */
export function systemClock() {
    return {
        now: () => {
            const [seconds, nanoseconds] = process.hrtime();
            return seconds * 1_000 + Math.floor(nanoseconds / 1_000_000);
        },
        wall: () => Date.now(),
        after: (delayMs, then) => {
            const timer = setTimeout(then, Math.min(delayMs, longestMs));
            return { cancel: () => clearTimeout(timer) };
        },
    };
}
