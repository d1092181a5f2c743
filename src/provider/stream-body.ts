/** A body that arrives chunk by chunk in virtual time, and ends as bodies of `fetch` do: well, broken, aborted, or never. */

import { drip, type Pace } from '../sim/drip.js'
import { nominalGapMs, type Stream } from '../sim/stream.js'

export function streamBody(
  chunks: readonly Uint8Array[],
  { gapMs, flaw, landed }: Stream,
  pace: Pace,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  // What differs is seen with the first chunk, or only at the end: an earlier giving up is a consequence of it.
  const seenFirst = flaw === undefined && gapMs === nominalGapMs
  let stop = (): void => undefined
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
        if (mode === 'stall') return
        signal?.removeEventListener('abort', aborted)
        if (mode === 'reset') controller.error(terminated())
        else controller.close()
      }
      const dripping = drip(pace, chunks, gapMs, arrive, end)
      stop = () => {
        landed()
        signal?.removeEventListener('abort', aborted)
        dripping.cancel()
      }
    },
    cancel: () => stop(),
  })
}

/** What the body of a `fetch` errors with when its connection breaks. */
function terminated(): TypeError {
  const cause = Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' })
  return new TypeError('terminated', { cause })
}
