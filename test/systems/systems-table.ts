/** The table that `npm run systems` prints, for a terminal or as Markdown. */

import { readTree } from '../tidy/tree.js'
import { systems } from './checklist.js'
import { citationsIn } from './citations.js'
import { type Coverage, coverageOf, type Row } from './coverage.js'

export type Layout = 'terminal' | 'markdown'

/** Every system of this repository with what covers it. */
export const ownCoverage = (): Coverage => coverageOf(systems, citationsIn(readTree()))

/** Sections with a line a system, the sum, then what is wrong. Ends with a line break. */
export function systemsTable(coverage: Coverage, layout: Layout): string {
  const { section, row } = layouts[layout]
  const { rows, wrongs } = coverage
  const lines = rows.flatMap((one, index) => {
    const isFirst = rows[index - 1]?.system.section !== one.system.section
    return [...(isFirst ? section(one.system.section) : []), ...row(one)]
  })
  const mark = layout === 'markdown' ? '- ' : ' ✗ '
  const told = wrongs.length > 0 ? ['', ...wrongs.map((wrong) => `${mark}${wrong}`)] : []
  return `${[...lines, '', sum(coverage), ...told].join('\n').trimStart()}\n`
}

function sum({ rows, covered, later }: Coverage): string {
  const missing = rows.length - covered - later
  const open = missing > 0 ? `, ${missing} not covered` : ''
  return `${rows.length} systems: ${covered} covered, ${later} come with later issues${open}`
}

const layouts = {
  terminal: {
    section: (title: string): readonly string[] => ['', title],
    row: ({ system: { number, name, comesWith }, files }: Row): readonly string[] => [
      ` ${String(number).padStart(3)}  ${name}`,
      ...shownBy(files, comesWith).map((file) => `        ${file}`),
    ],
  },
  markdown: {
    section: (title: string): readonly string[] => [
      '',
      `## ${title}`,
      '',
      '| # | System | Covered by |',
      '|---|---|---|',
    ],
    row: ({ system: { number, name, comesWith }, files }: Row): readonly string[] => {
      const cited = files.length > 0 ? files.map((file) => `\`${file}\``) : shownBy(files, comesWith)
      return [`| ${number} | ${name} | ${cited.join('<br>')} |`]
    },
  },
} satisfies Record<Layout, unknown>

function shownBy(files: readonly string[], comesWith: string | undefined): readonly string[] {
  if (files.length > 0) return files
  return [comesWith === undefined ? '✗ not covered' : `comes with ${comesWith}`]
}
