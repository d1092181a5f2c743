import { describe, expect, it } from 'vitest'
import { defineAgent } from '../../../src/agent/agent.js'
import { strictPairing } from '../../../src/core/pairing.js'
import { propose, runWith, shopTool } from './shop-tools.js'
import { say, World } from './small-world.js'

const more = 'and tell me when'
const texts = (world: World): readonly (readonly string[])[] =>
  world.prompts.map(({ messages }) => messages.flatMap((one) => (one.role === 'user' ? [one.text] : [])))

/** Calls one tool; while it works, or while the model gives its last word, `when` says something. */
function shop(turns: number, when: 'tool' | 'last-word') {
  const world = new World()
  const messages: string[] = []
  const speak = (): void => void (messages.length === 0 && messages.push(more))
  const read = shopTool(world, [], 'read', {
    answer: () => {
      if (when === 'tool') speak()
      return 'read'
    },
  })
  const agent = defineAgent({ name: 'shop', instructions: 'be good', tools: [read], limits: { turns } })
  const script = world.model(propose(['read', { id: 'A' }]), say('first'), say('second'))
  const model: typeof script = {
    ...script,
    answer: (request) => {
      if (when === 'last-word' && request.turn === 2) speak()
      return script.answer(request)
    },
  }
  return { world, run: () => runWith(world, agent, model, { messages }) }
}

describe('what the user says while a run goes on', () => {
  it('is shown in the next turn, behind the results, and splits no call from its result', async () => {
    const { world, run } = shop(5, 'tool')
    expect(await run()).toMatchObject({ status: 'completed', text: 'first' })
    expect(texts(world)).toEqual([['go'], ['go', more]])
    const last = world.prompts.at(-1)?.messages ?? []
    expect(last.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'user'])
    expect(strictPairing(last)).toBeUndefined()
  })

  it('during the last word is answered in one turn more', async () => {
    const { world, run } = shop(5, 'last-word')
    expect(await run()).toMatchObject({ status: 'completed', text: 'second' })
    expect(
      world.prompts
        .at(-1)
        ?.messages.map(({ role }) => role)
        .slice(-3),
    ).toEqual(['tool', 'assistant', 'user'])
  })

  it('is not waited for when no turn is left: the last word stays', async () => {
    const { run } = shop(2, 'last-word')
    expect(await run()).toMatchObject({ status: 'completed', text: 'first' })
  })

  it('stands once in the log, however often the session is run again, and wherever it crashes', async () => {
    for (let at = 1; at < 12; at++) {
      const { world, run } = shop(5, 'tool')
      world.fault = { at, how: at % 2 ? 'crash-after' : 'crash-before' }
      if ((await run()) === 'dead') await run()
      expect(await world.logged('message-given')).toMatchObject([{ number: 1, text: more }])
      expect(texts(world).at(-1)).toEqual(['go', more])
    }
  })
})
