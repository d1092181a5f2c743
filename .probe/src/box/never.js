/** What the dead are given: a promise that never settles. */
/** A fresh one each time: a shared one would collect the reactions of all who wait. */
export const never = () => new Promise(() => { });
