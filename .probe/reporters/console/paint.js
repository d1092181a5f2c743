/** Colours of a terminal. They repeat what a symbol says: without them nothing is lost. */
const codes = { red: '31', green: '32', yellow: '33', cyan: '36', bold: '1', dim: '2' };
export const painter = (color) => color ? (colour, text) => `\u001b[${codes[colour]}m${text}\u001b[0m` : (_colour, text) => text;
