/** How long something lasted that a run wrote down: records wait for each other, and an acknowledgement may be overtaken by others. */

/** Milliseconds since `from`, as far as the record can tell: it may have waited for the one before, which was taken at `acknowledged`. */
export function lastedMs(
  event: { readonly at?: number; readonly vt: number },
  from: number,
  acknowledged: number,
): number {
  const noted = event.at ?? event.vt
  return noted - Math.max(from, Math.min(acknowledged, noted))
}
