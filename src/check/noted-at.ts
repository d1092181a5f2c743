/** When a run wrote something down, by its own clock: that the acknowledgement of the store is overtaken by others is not its doing. */

export const notedAt = (event: { readonly at?: number; readonly vt: number }): number => event.at ?? event.vt
