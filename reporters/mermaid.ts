/** Findings as sequence diagrams of Mermaid, which GitHub and GitLab draw in Markdown. */

import { forTerminal, inCode } from '../src/core/sanitize.js'
import type { CampaignRecord, FindingRecord } from '../src/report/record.js'
import type { StoryLine } from '../src/report/story.js'
import { shownText } from '../src/report/trace/shown-value.js'

/** Mermaid refuses a longer text; Gitea a tenth of it. */
const mostCharacters = 50_000

/** One diagram for each finding, in Markdown. */
export const mermaidReport = ({ scenarios }: CampaignRecord): string =>
  `${['# Findings as diagrams', ...scenarios.flatMap(({ findings }) => findings).map(part)].join('\n\n')}\n`

const part = ({ id, says, scenario, story, token }: FindingRecord): string =>
  [
    `## ${id} ${inCode(says)}`,
    inCode(scenario),
    `\`\`\`mermaid\n${sequenceDiagram(story.lines, story.backend)}\`\`\``,
    inCode(`npx stormproof replay ${token}`),
  ].join('\n\n')

/** The model, the agent and what is behind its tools; as many of the last moments as fit. */
export function sequenceDiagram(lines: readonly StoryLine[], backend: string, most = mostCharacters): string {
  const head = [
    'sequenceDiagram',
    '  participant M as model',
    '  participant A as agent',
    `  participant B as ${escaped(backend) || 'services'}`,
  ]
  const statements = lines.map(statementsOf)
  let room = most - [...head, ...note(99_999)].join('\n').length - 2
  let from = statements.length
  while (from > 0) {
    room -= (statements[from - 1] as readonly string[]).reduce((sum, text) => sum + text.length + 1, 0)
    if (room < 0) break
    from--
  }
  return `${[...head, ...(from > 0 ? note(from) : []), ...statements.slice(from).flat()].join('\n')}\n`
}

const note = (left: number): readonly string[] => [`  Note over M,B: ${left} moments before are left out`]

function statementsOf({ vt, model, tools, backend, flow, mark }: StoryLine): readonly string[] {
  const time = `${(vt / 1000).toFixed(1)} s `
  const say = (arrow: string, text: string): readonly string[] =>
    text === '' ? [] : [`  ${arrow}: ${time}${escaped(text)}`]
  const over = (who: string, text: string): readonly string[] => say(`Note over ${who}`, text)
  const told = /^◀\s*(.*)$/su.exec(model)
  const spoken = told ? say('A->>M', told[1] as string) : say('M->>A', model)
  if (flow === 'request') return [...spoken, ...say('A->>B', tools), ...over('B', backend)]
  if (flow === 'answer') return [...spoken, ...say(mark === 'fault' ? 'B--xA' : 'B-->>A', tools), ...over('B', backend)]
  return [...spoken, ...over('A', tools), ...over('B', backend)]
}

/** Everything that could mean something to Mermaid is written as an entity of its own: what is left is letters, digits and blanks. */
const escaped = (text: string): string =>
  [...shownText(forTerminal(text), 160)]
    .map((character) =>
      /[\p{L}\p{N} ,.()/_✓✗⚡☠↻⇉…“”-]/u.test(character) ? character : `#${character.codePointAt(0)};`,
    )
    .join('')
    .trim()
