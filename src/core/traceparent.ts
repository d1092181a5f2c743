/** Correlation across boundaries: one trace a run, one span an operation, both derived, so that a resume goes on under the same ids. */

import { digest } from './digest.js'

const shape = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** W3C Trace Context, version 00. `caller` is the header a run was started with; one that is not well formed is ignored. */
export function traceparentOf(session: string, span: string, caller: string | undefined): string {
  const trace = caller === undefined ? undefined : shape.exec(caller)?.[1]
  return `00-${trace ?? digest(session) + digest(`trace of ${session}`)}-${digest(`${session} ${span}`)}-01`
}
