/** The corpus as a page of the documentation. */

import { reportedBugs } from '../../src/check/reported/registry.js'
import { brokenOf } from './case.js'
import { cases, inexpressible } from './cases.js'

const head = `# Bugs that others reported

Each row is a bug of a public runtime, SDK or tool for agents, put back into stormproof's own runtime by a mutant: one of its
decisions is replaced. Under the schedule of its row that runtime breaks the promises named, and the right runtime keeps every
promise; \`test/corpus\` replays both. What happened is told as the report tells it; nobody here has verified it. \`npm run corpus\`
hunts each bug without knowing its schedule, and \`npx stormproof explain <promise>\` names the bugs behind a promise.

This page is written by \`npx vitest run test/corpus -u\`.
`

/** The whole page: what is replayed, and what cannot be. */
export function page(): string {
  const rows = reportedBugs.flatMap(({ id, title, link, breaks }) => {
    const one = cases.find((case_) => case_.id === id)
    if (!one) return []
    const schedule = one.schedule.map(([label, alternative]) => code(`${label} = ${alternative}`)).join('<br>')
    const cells = [`[${id}](${link})`, title, code(one.mutant), code(brokenOf(one).name), breaks.map(code).join(' ')]
    return `| ${[...cells, schedule || 'nothing'].join(' | ')} |`
  })
  const rest = reportedBugs.flatMap(({ id, title, link }) =>
    inexpressible[id] ? `| [${id}](${link}) | ${title} | ${inexpressible[id]} |` : [],
  )
  return [
    head,
    '| Report | What happened | Mutant | Scenario | Breaks | What goes wrong |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    ...(rest.length > 0
      ? ['## Those that cannot be put back', '', '| Report | What happened | Why not |', '|---|---|---|', ...rest, '']
      : []),
  ].join('\n')
}

const code = (text: string): string => `\`${text}\``
