/** What a provider's wire format is to the simulator: a reader of requests, a judge of histories and a writer of answers. */
/** A 400 in the provider's words. */
export function refusal(text, detail = {}) {
    return { kind: 'error', error: 'invalid-request', text, ...detail };
}
