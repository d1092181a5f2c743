/** `stormproof init ./agent.ts#export`: a dry run of the agent, then a scenario and its services with holes for the answers. */

import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StormproofError } from '../core/error.js'
import { forTerminal } from '../core/sanitize.js'
import type { Met } from '../draft/met.js'
import { skeletonSource } from '../draft/skeleton-source.js'
import { kebab } from '../draft/words.js'
import type { DryRunAnswer, DryRunOrder } from './dry-run.js'
import { freeName, writeDraft } from './new-file.js'
import type { Terminal } from './terminal.js'

const entry = fileURLToPath(new URL('./dry-run.js', import.meta.url))
const patienceMs = 60_000

export async function initAgent(target: string, folder: string, terminal: Terminal): Promise<number> {
  const [path = '', exported] = target.split('#')
  const file = resolve(folder, path)
  if (!existsSync(file))
    throw new StormproofError('usage', `there is no file ${JSON.stringify(path)}`, {
      remedy: 'npx stormproof init ./agent.ts#export: the file that your agent is in, relative to where you are',
    })
  const answer = await dryRun({ folder, file, exported })
  if ('wrong' in answer) throw new StormproofError('usage', `${path}: ${answer.wrong}`, { remedy: answer.remedy })
  const { met } = answer
  const name = freeName(folder, nameOf(path, met), terminal)
  const from = relative(folder, file).replaceAll('\\', '/')
  const skeleton = skeletonSource(met, name, from.startsWith('.') ? from : `./${from}`)
  for (const problem of met.problems) terminal.error(` ! ${forTerminal(problem)}\n`)
  for (const way of skeleton.unanswerable)
    terminal.error(` ! ${forTerminal(way)}: a simulated service answers GET, POST, PUT, PATCH and DELETE alone\n`)
  terminal.out(` ran ${met.exported} once, with calls made up from its tools' schemas\n`)
  terminal.out(` tools  ${forTerminal(met.tools.map((tool) => tool.name).join(', ') || 'none')}\n`)
  terminal.out(` hosts  ${forTerminal(skeleton.hosts.join(', ') || 'none')}\n`)
  writeDraft(folder, name, skeleton, terminal)
  if (skeleton.holes > 0)
    terminal.out(
      ` next: fill in ${skeleton.holes} answer${skeleton.holes === 1 ? '' : 's'} in ${name}.backend.ts, then\n`,
    )
  terminal.out(` next: npx stormproof ${name}\n`)
  return 0
}

/** A route is called by its folder, an agent by its export, a default export by its file. */
function nameOf(path: string, { exported, isRoute }: Met): string {
  const file = basename(path).replace(/\.\w+$/, '')
  const folder = basename(dirname(path))
  return kebab(isRoute || file === 'route' ? folder : exported === 'default' ? file : exported, 'agent')
}

/** In a process of its own: what it imports may stall, or end it. */
function dryRun(order: DryRunOrder): Promise<DryRunAnswer> {
  const child = fork(entry)
  return new Promise<DryRunAnswer>((done) => {
    const give = (answer: DryRunAnswer): void => {
      clearTimeout(watch)
      done(answer)
      child.kill('SIGKILL')
    }
    const wrong = (text: string): void =>
      give({ wrong: text, remedy: 'what it imports must not end or stall the process' })
    const watch = setTimeout(() => wrong('the dry run did not come to an end'), patienceMs)
    child.on('message', (answer: DryRunAnswer) => give(answer))
    child.on('exit', (code) => wrong(`the process ended with ${code} in the dry run`))
    child.send(order)
  })
}
