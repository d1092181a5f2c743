/** A recorded conversation as two TypeScript files: its answers the script, its tool results what the services answer. */

import { fits, type JsonSchema, schemaOf } from '../core/json-schema.js'
import type { Conversation, RecordedCall, RecordedTool } from './conversation.js'
import { importName, keyLiteral, memberLiteral, textLiteral, valueLiteral } from './literal.js'
import { soundsLikeRead } from './words.js'
import { zodSource } from './zod-source.js'

export interface Sources {
  readonly scenario: string
  /** Undefined where no tool was called. */
  readonly backend: string | undefined
}

/** `backendFile` as it lies beside the scenario. */
export function recordedSource(conversation: Conversation, name: string, backendFile: string): Sources {
  const { tools } = conversation
  return {
    scenario: scenarioSource(conversation, name, backendFile),
    backend: tools.length === 0 ? undefined : backendSource(conversation),
  }
}

const answersOf = ({ turns }: Conversation, tool: string): readonly RecordedCall[] =>
  turns.flat().filter((call) => call.tool === tool)

function backendSource(conversation: Conversation): string {
  const tools = conversation.tools.map((tool) => toolSource(conversation, tool))
  const operations = conversation.tools.map((tool) => operationSource(conversation, tool))
  const reads = conversation.tools.map(({ name }) => soundsLikeRead(name))
  const kinds = [...(reads.includes(true) ? ['read'] : []), ...(reads.includes(false) ? ['write'] : [])]
  const followed = kinds.map((kind) => (kind === 'read' ? 'recordedRead' : 'recordedWrite'))
  return `/** The services behind a recorded conversation: they answer as they did there, anything else is "404 not found". */

import { defineBackend } from 'stormproof'
import { ${[...followed, 'replay'].join(', ')} } from 'stormproof/backends'
import { z } from 'zod'

/** What each tool takes and gives, as far as the conversation shows it. */
export const tools = {
${tools.join('\n')}
}

/** \`read\` or \`write\` was guessed from the tools' names: correct it here and in the scenario. */
export const recorded = defineBackend({
  name: 'recorded',
  state: replay,
  operations: ({ ${kinds.join(', ')} }) => ({
${operations.join('\n')}
  }),
})
`
}

function toolSource(conversation: Conversation, tool: RecordedTool): string {
  const calls = answersOf(conversation, tool.name)
  const values = calls.flatMap(({ answer }) => ('value' in answer ? [answer.value] : []))
  return `  ${keyLiteral(tool.name)}: {
    description: ${textLiteral(tool.description || tool.name)},
    input: ${zodSource(inputOf(tool, calls), '    ')},
    output: ${zodSource(schemaOf(values), '    ')},
  },`
}

/** The declared schema where it takes all that was asked; else what the calls have in common. */
function inputOf(tool: RecordedTool, calls: readonly RecordedCall[]): JsonSchema {
  const { inputSchema: declared } = tool
  const inputs = calls.map(({ input }) => input)
  return declared?.properties && inputs.every((input) => fits(declared, input))
    ? { ...declared, type: 'object' }
    : schemaOf(inputs)
}

function operationSource(conversation: Conversation, { name }: RecordedTool): string {
  const tool = `tools${memberLiteral(name)}`
  const isRead = soundsLikeRead(name)
  const records = recordsOf(conversation, name).map((record) => `        ${valueLiteral(record, '        ')},\n`)
  return `    ${keyLiteral(name)}: ${isRead ? 'read' : 'write'}({
      input: ${tool}.input,
${isRead ? '' : '      keyed: true,\n'}      ${isRead ? 'answer: recordedRead' : 'apply: recordedWrite'}(${tool}.output, [
${records.join('')}      ]),
    }),`
}

/** Equal records of a read are one; `after` stands where the same input was answered in several ways. */
function recordsOf({ turns }: Conversation, tool: string): readonly object[] {
  const records: { key: string; input: unknown; answer: RecordedCall['answer']; after: number }[] = []
  let writes = 0
  for (const call of turns.flat()) {
    const { input, answer } = call
    if (call.tool === tool) records.push({ key: JSON.stringify(input), input, answer, after: writes })
    if (!soundsLikeRead(call.tool) && 'value' in answer) writes++
  }
  const isRead = soundsLikeRead(tool)
  const told = (a: (typeof records)[number]) => JSON.stringify([a.key, a.answer])
  const kept = isRead ? records.filter((one, at) => records.findIndex((a) => told(a) === told(one)) === at) : records
  return kept.map(({ key, input, answer, after }) => ({
    input,
    ...('value' in answer ? { answer: answer.value } : { failure: answer.failure }),
    ...(isRead && kept.filter((one) => one.key === key).length > 1 ? { after } : {}),
  }))
}

function scenarioSource(conversation: Conversation, name: string, backendFile: string): string {
  const { tools, turns, prompt, end } = conversation
  const hasTools = tools.length > 0
  const script = turns.map((turn) => `    ${turnSource(turn)},\n`)
  return `/** A recorded conversation: its answers are the script, its tool results what the services answer. */

import { ${hasTools ? 'type Clients, ' : ''}defineScenario } from 'stormproof'
import { defineAgent${hasTools ? ', defineTool' : ''} } from 'stormproof/runtime'
${hasTools ? `import { recorded, tools } from ${textLiteral(importName(backendFile))}\n` : ''}
/** An agent on stormproof's own runtime. Yours goes here: \`run: () => yourAgent(prompt)\` in place of \`agent\` and \`prompt\`. */
${agentSource(conversation, name)}

export default defineScenario({
  name: ${textLiteral(name)},
${hasTools ? '  backends: { recorded },\n' : ''}  agent,
  prompt: ${textLiteral(prompt || 'Go on.')},
  model: ({ ${turns.length > 0 ? 'call, ' : ''}say }) => [
${script.join('')}    say(${textLiteral(end || 'Done.')}),
  ],
  success: ${successSource(conversation)},
})
`
}

function turnSource(turn: readonly RecordedCall[]): string {
  const calls = turn.map(
    ({ tool, input }) => `call(${textLiteral(tool)}, ${valueLiteral(input, turn.length > 1 ? '      ' : '    ')})`,
  )
  return calls.length === 1 ? (calls[0] as string) : `[\n${calls.map((call) => `      ${call},\n`).join('')}    ]`
}

function agentSource({ instructions, tools, turns }: Conversation, name: string): string {
  const defined = tools.map(({ name: tool }) => {
    const isRead = soundsLikeRead(tool)
    const member = memberLiteral(tool)
    return `      defineTool({
        name: ${textLiteral(tool)},
        ...tools${member},
        effect: ${isRead ? "'read'" : "'write'"},
        execute: (input, { ${isRead ? 'signal' : 'key, signal'} }) =>
          services.recorded${member}(input, { ${isRead ? 'signal' : 'idempotencyKey: key, signal'} }),
      }),
`
  })
  const clients = tools.length > 0 ? 'services: Clients<{ recorded: typeof recorded }>' : ''
  return `const agent = (${clients}) =>
  defineAgent({
    name: ${textLiteral(name)},
    instructions: ${textLiteral(instructions || 'Do what you are asked.')},
    tools: [${defined.length > 0 ? `\n${defined.join('')}    ` : ''}],
    limits: { turns: ${turns.length + 8}, callsPerTurn: ${Math.max(64, ...turns.map((turn) => turn.length))} },
  })`
}

/** As many effects of each write as the recording holds. */
function successSource(conversation: Conversation): string {
  const writes = conversation.tools.filter(({ name }) => !soundsLikeRead(name))
  const counts = writes.map(({ name }) => {
    const done = answersOf(conversation, name).filter(({ answer }) => 'value' in answer).length
    return `ledger.recorded${memberLiteral(name)}.length === ${done}`
  })
  return counts.length === 0 ? "({ status }) => status === 'completed'" : `({ ledger }) => ${counts.join(' && ')}`
}
