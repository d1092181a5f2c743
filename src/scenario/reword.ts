/**
 * What the user asks for in other words of the same meaning: the perturbations of ReliabilityBench (arXiv:2601.06112), those of them that
 * need no model. They try the agent's code and whatever reads the prompt; a scripted model understands all of them alike.
 */

interface Rewording {
  readonly name: string
  /** The same text back where there is nothing to change. */
  readonly of: (prompt: string) => string
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July']
const laterMonths = ['August', 'September', 'October', 'November', 'December']
const monthName = (month: string): string | undefined => [...months, ...laterMonths][Number(month) - 1]

const synonyms: Readonly<Record<string, string>> = {
  ...{ buy: 'purchase', show: 'display', send: 'dispatch', help: 'assist', please: 'kindly', get: 'obtain' },
  ...{ cheapest: 'least expensive', need: 'require', want: 'wish for', begin: 'start', also: 'as well', big: 'large' },
}

const rewordings: readonly Rewording[] = [
  {
    name: 'synonym',
    of: (prompt) =>
      prompt.replace(/\b[a-z]+\b/g, (word) => (Object.hasOwn(synonyms, word) ? String(synonyms[word]) : word)),
  },
  {
    name: 'date-format',
    of: (prompt) =>
      prompt.replace(/\b(\d{4})-(\d\d)-(\d\d)\b/g, (date, year: string, month: string, day: string) =>
        monthName(month) ? `${Number(day)} ${monthName(month)} ${year}` : date,
      ),
  },
  {
    name: 'reorder',
    of(prompt) {
      const [first = '', ...rest] = prompt.split(/(?<=[.!?])\s+/)
      return rest.length === 0 ? prompt : [...rest, first].join(' ')
    },
  },
  { name: 'distractor', of: (prompt) => `${prompt} By the way, it has been raining here since the morning.` },
]

/** The names of those that change this prompt, in a fixed order. */
export const rewordingsOf = (prompt: string): readonly string[] =>
  prompt === '' ? [] : rewordings.filter(({ of }) => of(prompt) !== prompt).map(({ name }) => name)

/** One after the other; a name that is none changes nothing. */
export const reworded = (prompt: string, names: readonly string[]): string =>
  names.reduce((text, name) => rewordings.find((one) => one.name === name)?.of(text) ?? text, prompt)
