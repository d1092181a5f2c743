/** How sessions are called that go on beside the one which a history is about: their lanes and labels begin with it. */

const start = 'beside-'

/** The one which a trial is about. */
export const mainSession = 'session'

export const besideName = (number: number): string => `${start}${number}`

/** Whether a lane or label is of one of them. */
export const isBeside = (name: string): boolean => name.startsWith(start)
