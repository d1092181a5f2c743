/** What the page may do: nothing but its own style and its own script, known by their hashes. A test says the hashes when one was changed. */

/** SHA-256 of `style.ts` and `script.ts`. */
const styleHash = 'sha256-TTlEaHsbYeYuBWLLvLdysWIVUXBtsOyTLP3x3f+o9S8='
const scriptHash = 'sha256-B400I5agecdX/3Rh/76AnRLCo0BFDXbV961HHzJ83q0='

export const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`
