/** The streaming loop with the lenient JSON reader that shows arguments while they come. Nothing in this file knows stormproof. */

import { parsePartialJson } from 'ai'
import { openaiStream } from './openai-stream.ts'

export const openaiLenient = (prompt: string): Promise<string> =>
  openaiStream(prompt, async (text) => (await parsePartialJson(text)).value)
