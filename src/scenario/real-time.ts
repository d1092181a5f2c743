/** The real time of day in a history: a world has a time of its own, so somebody read another clock. */

const stamps = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\b\d{13}\b|\b\d{10}\b/g
const nearMs = 3_600_000

/** The first time of the hour before `nowMs` in a text: as ISO 8601, or as milliseconds or seconds since 1970. */
export const realTimeIn = (text: string, nowMs: number): string | undefined =>
  text.match(stamps)?.find((stamp) => {
    const number = Number(stamp) * (stamp.length === 10 ? 1000 : 1)
    const ms = Number.isNaN(number) ? Date.parse(stamp) : number
    return ms > nowMs - nearMs && ms <= nowMs
  })
