/** One piece of work under a time limit: its ending, and what comes after it. */
/** Never rejects. When the time is up the signal aborts and the ending is `timed-out`, whatever the work still does. */
export function timed({ clock, live, delayMs, start, late }) {
    return new Promise((resolve) => {
        const controller = new AbortController();
        let isOver = false;
        let isAbandoned = false;
        let timer;
        const leave = () => {
            isOver = true;
            timer?.cancel();
            live.delete(waiting);
        };
        const waiting = {
            abandon: () => {
                isAbandoned = true;
                leave();
                controller.abort();
            },
        };
        const settle = (ending) => {
            if (isAbandoned)
                return;
            if (isOver) {
                late(ending);
                return;
            }
            leave();
            resolve(ending);
        };
        live.add(waiting);
        timer = clock.after(delayMs, () => {
            leave();
            resolve({ kind: 'timed-out' });
            controller.abort();
        });
        begin(start, controller.signal).then((value) => settle({ kind: 'returned', value }), (error) => settle({ kind: 'threw', error }));
    });
}
/** A synchronous throw, or a value that is no promise, ends the work like any other. */
function begin(start, signal) {
    try {
        return Promise.resolve(start(signal));
    }
    catch (error) {
        return Promise.reject(error);
    }
}
/** Waits `delayMs`; never resolves once abandoned. */
export function pause(clock, live, delayMs) {
    return new Promise((resolve) => {
        const timer = clock.after(delayMs, () => {
            live.delete(waiting);
            resolve();
        });
        const waiting = { abandon: () => timer.cancel() };
        live.add(waiting);
    });
}
