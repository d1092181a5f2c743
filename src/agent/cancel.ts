/** How a caller stops a run: the wish is durable before it is acted on, and what is in flight then is aborted. */

import type { Run } from './run.js'
import type { RunState } from './state.js'

/** Watches the signal while the run's promise is open; the returned function lets go of it. */
export function heed(run: Run, signal: AbortSignal | undefined): () => void {
  if (!signal) return () => {}
  const listen = (): void => {
    requestCancel(run).catch(() => {})
  }
  signal.addEventListener('abort', listen)
  return () => signal.removeEventListener('abort', listen)
}

/** Whether the signal spoke before the run was in a state to hear it. */
export const isUnheard = ({ state }: Run, signal: AbortSignal | undefined): boolean =>
  signal?.aborted === true && canStop(state)

const canStop = (state: RunState): boolean => state.present && !state.cancelled && !state.end

/** A log that cannot be written stops the run elsewhere. */
export async function requestCancel(run: Run): Promise<void> {
  const { state, journal, ports } = run
  await journal.append(() => (canStop(state) ? [{ type: 'cancel-requested', at: ports.clock.now() }] : []))
  if (state.cancelled) for (const waiting of [...run.live]) waiting.cancel?.()
}
