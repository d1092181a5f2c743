/** A check: one promise, judged event by event as a history grows. */
export {};
