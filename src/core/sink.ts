/** The port of log lines: where a runtime says what it does. A sink never changes what it watches. */

export type LogLevel = 'debug' | 'info' | 'warning' | 'error'

/** One masked line, made from one durable event. */
export interface LogLine {
  readonly level: LogLevel
  readonly text: string
  /** The writer's monotonic clock, in milliseconds. */
  readonly at: number
  /** Milliseconds since 1970, for people. */
  readonly wall: number
  readonly session: string
  /** Correlates the line with what its tools were given: W3C Trace Context. */
  readonly traceparent: string
  /** `t3.c0`, where the line is about a call. */
  readonly call?: string
  /** The result of a settled call, masked, and cut at 120 characters. */
  readonly result?: string
  /** When the sink's `retainMs` is over, as `wall` counts. */
  readonly expiresAt?: number
}

export interface Sink {
  readonly name: string
  /** What it throws, rejects or never answers is counted and goes no further; nobody waits for it. */
  log(line: LogLine): unknown
  /**
   * Prompts and answers of the model: `counts` (default) shows how many tokens they have; `sampled` also the text of every
   * `sampleEvery`-th turn, personal data redacted; `all` the text of each, for a store of its own that few may read.
   */
  readonly content?: 'counts' | 'sampled' | 'all'
  /** Default 10. */
  readonly sampleEvery?: number
  /** How long what is kept may be kept; told with every line. */
  readonly retainMs?: number
}

/** `2026-06-13 10:42:05,201 [WARNING] Attempt 1 failed …`, in UTC. */
export function formatLine({ wall, level, text }: LogLine): string {
  const stamp = new Date(wall).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '')
  return `${stamp} [${level.toUpperCase()}] ${text}`
}

/** Hands one line over. A sink that throws, rejects or never answers has told nobody: `failed` counts it. */
export function tellSafely(sink: Sink, line: LogLine, failed: () => void): void {
  try {
    const answer = sink.log(line)
    if (answer !== undefined) Promise.resolve(answer).catch(failed)
  } catch {
    failed()
  }
}
