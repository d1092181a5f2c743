/** Whether the setup file ran in this test file: shims that came later are too late for modules that captured the real thing. */
const mark = Symbol.for('stormproof.vitest');
const holder = globalThis;
export const markSetUp = () => {
    holder[mark] = true;
};
export const isSetUp = () => holder[mark] === true;
