/** Correlation across boundaries: one trace a run, one span an operation, both derived, so that a resume goes on under the same ids. */

import { digest } from './digest.js'

const shape = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** The trace that a session belongs to: of the header it was started with, else its own. A header that is not well formed is ignored. */
export function traceOf(session: string, caller: string | undefined): string {
  const trace = caller === undefined ? undefined : shape.exec(caller)?.[1]
  return trace ?? digest(session) + digest(`trace of ${session}`)
}

/** W3C Trace Context, version 00, of one operation. */
export const traceparentOf = (trace: string, session: string, span: string): string =>
  `00-${trace}-${digest(`${session} ${span}`)}-01`
