/** Names: their words, and what they give away. */

/** `getOrderById`, `get_order`, `get-order`: the words, in small letters. */
export const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

/** `support-agent`; the fallback where a name has no letters a file could have. */
export const kebab = (name: string, fallback: string): string => wordsOf(name).slice(0, 6).join('-') || fallback

const reading = new Set(
  wordsOf(`get find list search read lookup look fetch query check view show describe count calculate compute load retrieve
    inspect select estimate quote compare track validate verify browse recall summarize explain convert translate weather status`),
)
const writing = new Set(
  wordsOf(`create update delete remove send refund charge pay book cancel add set put write edit post insert submit reserve order
    buy transfer issue close open run execute apply assign save store upload publish notify approve move rename deploy`),
)

/** Whether a name sounds as if nothing changed: by its first verb. Without one it is taken for a write, which is what storms are about. */
export function soundsLikeRead(name: string): boolean {
  const verb = wordsOf(name).find((word) => reading.has(word) || writing.has(word))
  return verb !== undefined && reading.has(verb)
}
