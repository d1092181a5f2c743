/** What the page may do: nothing but its own style and its own script, known by their hashes. A test says the hashes when one was changed. */

/** SHA-256 of `style.ts` and `script.ts`. */
const styleHash = 'sha256-3AWGRu2oEPoIunFkU6XM/j7toSBCWz8+bWOOLp0KvX4='
const scriptHash = 'sha256-p1GgQyZIgYn/N6jGrBYQNDRBn+pTaMpqHTCoqqMHu10='

export const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`
