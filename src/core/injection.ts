/** Phrases that hardly occur but in injections: known attacks are found, new ones are not. */

const lookalikes: Readonly<Record<string, string>> = {
  ...{ а: 'a', с: 'c', е: 'e', і: 'i', о: 'o', р: 'p', ѕ: 's', х: 'x', у: 'y', ν: 'v', ο: 'o', α: 'a', ι: 'i' },
}

/** One way to write a text, whatever its widths, accents, invisible marks and borrowed letters. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => lookalikes[letter] ?? letter)
    .replace(/\\[nrt]|\s+/g, ' ')

const orders = '(instruction|direction|directive|prompt|rule|polic|guideline|command)'
const patterns: readonly RegExp[] = [
  `\\b(ignore|disregard|forget|override|bypass)\\b.{0,40}\\b(previous|prior|above|earlier|all|any|your|the)\\b.{0,30}${orders}`,
  `\\b(supersede|override|replace|overrule|take precedence over)s?\\b.{0,40}\\b(previous|prior|all|any|earlier|your|other)\\b.{0,30}${orders}`,
  '\\b(new|real|actual|true|updated|only) (task|instructions?|objective|goal|mission|directive)s? (is|are|now)\\b',
  '(^|["\'.!?>)\\]] ?)(system|developer|administrator)( (prompt|message|note|override))? ?:',
  `\\b(reveal|print|repeat|show|send|exfiltrate|leak|output|disclose|forward|encode|recite|include)\\b.{0,60}\\b(system prompt|(your|initial|hidden|secret) ${orders}|api key|passwords?|credentials?|secrets?)`,
  '\\byou are (now|no longer)\\b',
  '\\b(debug|developer|maintenance|testing|test|sandbox|simulation|training) (mode|environment|session|run)\\b.{0,90}\\b(relaxed|disabled|off|suspended|lifted|not apply|no longer|not real|no effect|without)',
].map((source) => new RegExp(source))

/** Whether none of the phrases occurs. */
export const isClean = (text: string): boolean => {
  const said = plain(text)
  return !patterns.some((pattern) => pattern.test(said))
}
