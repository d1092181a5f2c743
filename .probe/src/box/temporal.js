/** `Temporal.Now`, in runtimes that have it, on the world's wall clock inside a simulation. */
import { replace } from './replace.js';
import { box } from './shared-box.js';
const views = {
    zonedDateTimeISO: (zoned) => zoned,
    plainDateTimeISO: (zoned) => zoned.toPlainDateTime(),
    plainDateISO: (zoned) => zoned.toPlainDate(),
    plainTimeISO: (zoned) => zoned.toPlainTime(),
};
/** Does nothing when the runtime has no Temporal. `timeZoneId` tells no time and stays. */
export function installTemporal(temporal = globalThis.Temporal) {
    if (temporal === undefined)
        return;
    const now = temporal.Now;
    const virtual = (original, inside) => function (...args) {
        const scope = box.storage.getStore();
        return scope === undefined ? Reflect.apply(original, this, args) : inside(scope.world.wall, args);
    };
    replace(now, 'instant', (original) => virtual(original, (wall) => temporal.Instant.fromEpochMilliseconds(wall)));
    for (const [name, view] of Object.entries(views)) {
        replace(now, name, (original) => virtual(original, (wall, [zone]) => view(temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO(zone ?? now.timeZoneId()))));
    }
}
