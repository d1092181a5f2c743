/** Two subagents who look at one file and then write it: by how it is written, one of them undoes what the other did, or does not. */

import { type Clients, defineScenario, policy } from 'stormproof'
import { files } from 'stormproof/backends'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { replaySource } from '../../../src/explore/replay-source.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

const notes = files({ files: { 'notes.txt': 'Plan:\n' } })
const path = 'notes.txt'
const line = z.strictObject({ text: z.string() })

const team = (how: 'write' | 'append', { notes: shared }: Clients<{ notes: typeof notes }>) => {
  const look = defineTool({
    name: 'look',
    description: 'The notes',
    effect: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ text: z.string() }),
    execute: async (_input, { signal }) => ({ text: (await shared.read({ path }, { signal })).file?.text ?? '' }),
  })
  const note = defineTool({
    name: 'note',
    description: how === 'write' ? 'Writes the notes anew' : 'Adds to the notes',
    effect: 'write',
    input: line,
    output: z.strictObject({ etag: z.string() }),
    execute: ({ text }, { key, signal }) => shared[how]({ path, text }, { idempotencyKey: key, signal }),
  })
  const member = (name: string) => ({
    agent: defineAgent({ name, instructions: `You are ${name}.`, tools: [look, note] }),
    description: `Has ideas as ${name} does`,
  })
  const subagents = { ann: member('ann'), bob: member('bob') }
  return defineAgent({ name: 'chief', instructions: 'You are the chief.', tools: [], subagents })
}

const scenario = (how: 'write' | 'append') =>
  defineScenario({
    name: `notes-${how}`,
    backends: { notes },
    agent: (services) => team(how, services),
    prompt: 'Let both add an idea to the notes.',
    model: policy(({ messages, turn }, { call, say }) => {
      const who = /You are (?:the )?(\w+)/.exec(messages[0]?.text ?? '')?.[1] as 'chief' | 'ann' | 'bob'
      if (who === 'chief')
        return turn > 1 ? say('Done.') : [call('ann', { task: 'Add.' }), call('bob', { task: 'Add.' })]
      if (turn > 2) return say('Added.')
      return turn === 1 ? call('look', {}) : call('note', { text: how === 'write' ? `Plan:\n${who}\n` : `${who}\n` })
    }),
  })

const judged = async (how: 'write' | 'append') => {
  const { verdicts, violations, problems } = await runTrial(scenario(how), {
    source: replaySource([]),
    keepGoing: true,
  })
  expect(problems).toEqual([])
  return { violations, verdict: verdicts.find(({ invariant }) => invariant === 'serial-equivalence') }
}

it('who writes what it has read loses what another wrote meanwhile, and is told so', async () => {
  const { violations } = await judged('write')
  expect(violations).toMatchObject([{ invariant: 'serial-equivalence', clause: 'd', tool: 'note' }])
  expect(violations[0]?.because).toMatch(
    /rests on version 0 of notes "notes.txt", read before t1\.c\d\/t2\.c0 wrote version 1/,
  )
})

it('who adds to it loses nothing', async () => {
  const { violations, verdict } = await judged('append')
  expect(violations).toEqual([])
  expect(verdict).toMatchObject({ verdict: 'valid', arose: 1 })
})
