/** Imported inside a world by the tests of native work, for the first time there. */
export const answer = 42;
