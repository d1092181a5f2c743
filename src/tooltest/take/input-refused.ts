/** The runtime of a tool refuses an input before the tool sees it. */

export class InputRefused extends Error {
  constructor(issues: readonly string[]) {
    super(`the input does not fit: ${issues.join('; ')}`)
    this.name = 'InputRefused'
  }
}
