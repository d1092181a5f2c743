/** Entry of the process that plays a tool: it may end, stall or flood it, and whoever started it goes on. */

import { resolve } from 'node:path'
import { installShims } from '../box/install.js'
import { maskKeys } from '../box/keys.js'
import { real } from '../box/real.js'
import { isStormproofError } from '../core/error.js'
import { judgeTool } from './judge-tool.js'
import { moduleLoader } from './load-module.js'
import { ownModules } from './own-modules.js'
import { replayTool } from './replay-tool.js'
import type { FromToolProcess, JudgeOrder, ReplayOrder, ToolPlace } from './tool-message.js'

const send = process.send?.bind(process)
const tell = (message: FromToolProcess): void => void send?.(message)

process.on('message', (order: JudgeOrder | ReplayOrder) => {
  answer(order).catch(whatIsWrong).then(tell)
})
// The command line decides when it is over; Ctrl-C reaches the whole group of processes.
process.on('SIGINT', () => {})
process.on('disconnect', () => real.exit(0))

async function answer(order: JudgeOrder | ReplayOrder): Promise<FromToolProcess> {
  installShims()
  maskKeys()
  const module = await load(order)
  return order.kind === 'judge' ? judgeTool(module, order, tell) : replayTool(module, order)
}

async function load({ folder, file }: ToolPlace): Promise<Readonly<Record<string, unknown>>> {
  return moduleLoader(folder, await ownModules())(resolve(folder, file))
}

function whatIsWrong(error: unknown): FromToolProcess {
  const message = error instanceof Error ? error.message : String(error)
  const remedy = isStormproofError(error) ? error.remedy : undefined
  return { kind: 'wrong', message, remedy: remedy ?? 'let the module load without its services and keys' }
}
