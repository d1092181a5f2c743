/** A body that arrives chunk by chunk in virtual time, and ends as bodies of Node's `fetch` do: well, broken, aborted, given up, or never. */

import type { Timer } from '../core/clock.js'
import { drip, type Pace } from '../sim/drip.js'
import { nominalGapMs, type Stream } from '../sim/stream.js'

/** Node's `fetch` gives up on a body after so long without a byte (undici, `bodyTimeout`). */
const silenceMs = 300_000

export function streamBody(
  chunks: readonly Uint8Array[],
  { gapMs, flaw, landed }: Stream,
  pace: Pace,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  // What differs is seen with the first chunk, or only at the end: an earlier giving up is a consequence of it.
  const seenFirst = flaw === undefined && gapMs === nominalGapMs
  let stop = (): void => undefined
  let silence: Timer | undefined
  return new ReadableStream({
    start(controller) {
      const aborted = (): void => {
        if (!pace.isAlive()) return
        stop()
        controller.error(signal?.reason)
      }
      signal?.addEventListener('abort', aborted, { once: true })
      const arrive = (chunk: Uint8Array): void => {
        if (seenFirst) landed()
        controller.enqueue(chunk)
      }
      const end = (): void => {
        landed()
        const mode = flaw?.kind === 'cut' ? flaw.mode : 'eof'
        if (mode === 'pings') return
        if (mode === 'stall') silence = pace.after(silenceMs - gapMs, () => over(terminated(bodyTimeout())))
        else over(mode === 'reset' ? terminated(otherSideClosed()) : undefined)
      }
      const over = (error: TypeError | undefined): void => {
        signal?.removeEventListener('abort', aborted)
        if (error) controller.error(error)
        else controller.close()
      }
      const dripping = drip(pace, chunks, gapMs, arrive, end)
      stop = () => {
        landed()
        signal?.removeEventListener('abort', aborted)
        dripping.cancel()
        silence?.cancel()
      }
    },
    cancel: () => stop(),
  })
}

/** What the body of a `fetch` errors with, whatever has become of its connection. */
const terminated = (cause: Error): TypeError => new TypeError('terminated', { cause })

const otherSideClosed = (): Error =>
  Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' })

const bodyTimeout = (): Error =>
  Object.assign(new Error('Body Timeout Error'), { name: 'BodyTimeoutError', code: 'UND_ERR_BODY_TIMEOUT' })
