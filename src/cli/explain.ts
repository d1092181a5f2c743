/** `stormproof explain`: an invariant, a fault, a relation or an exit code in full. */

import { StormproofError } from '../core/error.js'
import { didYouMean } from '../core/nearest.js'
import { faultEntries, invariantEntries, relationEntries } from './catalogue.js'
import type { CommandLine } from './command-line.js'
import { exitCodeTexts } from './exit-code.js'
import type { Terminal } from './terminal.js'

export function explain(line: CommandLine, terminal: Terminal): number {
  const [word] = line.words
  if (word === undefined)
    throw new StormproofError('usage', 'explain needs a name', {
      remedy: 'an invariant, a fault, a relation or an exit code: npx stormproof list shows the names',
    })
  terminal.out(`${explanation(word).join('\n')}\n`)
  return 0
}

/** Throws a `usage` error with near matches for a name that nobody has. */
function explanation(word: string): readonly string[] {
  if (word === 'exit-code' || word === 'exit-codes')
    return Object.entries(exitCodeTexts).map(([code, text]) => ` ${code.padStart(3)}  ${text}`)
  const code = exitCodeTexts[word.replace(/^exit-?/, '')]
  if (code !== undefined) return [` exit ${word.replace(/^exit-?/, '')}: ${code}`]
  for (const [kind, entries] of [
    ['invariant', invariantEntries],
    ['fault', faultEntries],
    ['relation', relationEntries],
  ] as const) {
    const entry = entries.find(({ name }) => name === word)
    if (entry) return [` ${entry.name}  (${kind})`, `   ${entry.says}`, '', ...entry.more.map((text) => `   ${text}`)]
  }
  const names = [...invariantEntries, ...faultEntries, ...relationEntries].map(({ name }) => name)
  throw new StormproofError('usage', `nothing here is called ${JSON.stringify(word)}`, {
    remedy: didYouMean(word, [...names, 'exit-code'], 'npx stormproof list shows all names'),
  })
}
