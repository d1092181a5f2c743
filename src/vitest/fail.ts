/** A test that fails with a story. */

/** The story is the message; a stack into our own code would only hide it. */
export function fail(text: string): never {
  const error = new Error(`\n${text}`)
  error.stack = `Error: ${error.message}`
  throw error
}
