/** Server-sent events as they come in: the data of each, as soon as it is whole. */

/** Throws what the stream throws. An event that the end of the stream cut off is not told. */
export async function* eventsIn(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  let lines: string[] = []
  for await (const bytes of stream) {
    const whole = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n')
    rest = whole.pop() ?? ''
    for (const line of whole) {
      const text = line.endsWith('\r') ? line.slice(0, -1) : line
      if (text.startsWith('data:')) lines.push(text.slice(text[5] === ' ' ? 6 : 5))
      if (text !== '' || lines.length === 0) continue
      yield lines.join('\n')
      lines = []
    }
  }
}
