/** What became of an operation, in three values (Jepsen's ok, fail, info): a timeout on a write is `unknown`, never `failed`. */
export const ok = (value) => ({ kind: 'ok', value });
export const failed = (error) => ({ kind: 'failed', error });
export const unknown = (error) => ({ kind: 'unknown', error });
