/** `stormproof list`: scenarios, faults, invariants and relations. */

import { StormproofError } from '../core/error.js'
import { didYouMean } from '../core/nearest.js'
import { forTerminal } from '../core/sanitize.js'
import { type Entry, faultEntries, invariantEntries, relationEntries } from './catalogue.js'
import type { CommandLine } from './command-line.js'
import { openConfig, openProject } from './project.js'
import type { Terminal } from './terminal.js'

const kinds = ['scenarios', 'faults', 'invariants', 'relations'] as const
type Kind = (typeof kinds)[number]

const entries = { faults: faultEntries, invariants: invariantEntries, relations: relationEntries } as const

export async function list(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const asked = line.words.length === 0 ? kinds : line.words.map(kindOf)
  const sections: Partial<Record<Kind, readonly object[]>> = {}
  let exit = 0
  for (const kind of asked) {
    if (kind !== 'scenarios') sections[kind] = entries[kind].map(({ name, says }) => ({ name, says }))
    else {
      const { scenarios, troubles } = await scenariosOf(line, folder, terminal)
      sections.scenarios = scenarios
      for (const trouble of troubles)
        terminal.error(
          ` ✗ ${trouble.file} was not loaded: ${forTerminal(trouble.message)}\n   → ${forTerminal(trouble.remedy)}\n`,
        )
      if (troubles.length > 0) exit = 2
    }
  }
  if (line.json) terminal.out(`${JSON.stringify(sections)}\n`)
  else for (const kind of asked) terminal.out(sectionText(kind, sections[kind] ?? []))
  return exit
}

async function scenariosOf(line: CommandLine, folder: string, terminal: Terminal) {
  const project = await openProject(await openConfig(line, folder), 1, terminal)
  await project.close()
  return project
}

function sectionText(kind: Kind, entries: readonly object[]): string {
  const rows = entries.map((entry) => {
    const { name, says, file } = entry as Partial<Entry> & { name: string; file?: string }
    return `  ${forTerminal(name).padEnd(32)} ${forTerminal(says ?? file ?? '')}`.trimEnd()
  })
  return `${[` ${kind}`, ...(rows.length > 0 ? rows : ['  none']), ''].join('\n')}\n`
}

function kindOf(word: string): Kind {
  if ((kinds as readonly string[]).includes(word)) return word as Kind
  throw new StormproofError('usage', `there is no list of ${JSON.stringify(word)}`, {
    remedy: didYouMean(word, kinds, `one of ${kinds.join(', ')}`),
  })
}
