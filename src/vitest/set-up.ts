/** Whether the setup file ran in this test file: shims that came later are too late for modules that captured the real thing. */

const mark = Symbol.for('stormproof.vitest')
const holder = globalThis as unknown as Record<symbol, boolean | undefined>

export const markSetUp = (): void => {
  holder[mark] = true
}

export const isSetUp = (): boolean => holder[mark] === true
