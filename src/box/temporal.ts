/** `Temporal.Now`, in runtimes that have it, on the world's wall clock inside a simulation. */

import { type AnyFunction, replace } from './replace.js'
import { box } from './shared-box.js'

/** As much of Temporal as the shim touches. */
export interface TemporalLike {
  readonly Now: object
  readonly Instant: { fromEpochMilliseconds(milliseconds: number): { toZonedDateTimeISO(zone: string): ZonedLike } }
}
interface ZonedLike {
  toPlainDateTime(): unknown
  toPlainDate(): unknown
  toPlainTime(): unknown
}

const views: Record<string, (zoned: ZonedLike) => unknown> = {
  zonedDateTimeISO: (zoned) => zoned,
  plainDateTimeISO: (zoned) => zoned.toPlainDateTime(),
  plainDateISO: (zoned) => zoned.toPlainDate(),
  plainTimeISO: (zoned) => zoned.toPlainTime(),
}

/** Does nothing when the runtime has no Temporal. `timeZoneId` tells no time and stays. */
export function installTemporal(temporal = (globalThis as { Temporal?: TemporalLike }).Temporal): void {
  if (temporal === undefined) return
  const now = temporal.Now as { timeZoneId(): string }
  const virtual = (original: AnyFunction, inside: (wall: number, args: any[]) => unknown): AnyFunction =>
    function (this: unknown, ...args: unknown[]): unknown {
      const scope = box.storage.getStore()
      return scope === undefined ? Reflect.apply(original, this, args) : inside(scope.world.wall, args)
    }
  replace(now, 'instant', (original) => virtual(original, (wall) => temporal.Instant.fromEpochMilliseconds(wall)))
  for (const [name, view] of Object.entries(views)) {
    replace(now, name, (original) =>
      virtual(original, (wall, [zone]) =>
        view(temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO(zone ?? now.timeZoneId())),
      ),
    )
  }
}
