/** A bug that somebody reported of a runtime, an SDK or a tool for agents. */

export interface ReportedBug {
  /** Its number in the corpus; `test/corpus` replays it by that. */
  readonly id: string
  /** What happened, as the report has it, in our words. */
  readonly title: string
  readonly link: string
  /** Promises that are broken when the bug is put back: `test/corpus` shows each of them broken. */
  readonly breaks: readonly string[]
}
