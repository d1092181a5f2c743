/** What a simulated service gives back, before a client or HTTP dresses it. */
export const refused = (status, text, retry, afterMs) => ({ kind: 'refused', status, text, retry, afterMs });
