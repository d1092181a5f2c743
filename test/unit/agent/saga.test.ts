import { describe, expect, it } from 'vitest'
import { ToolFailure } from '../../../src/core/tool.js'
import { agentOf, calls, say, World } from './small-world.js'

const saga = true

describe('a saga', () => {
  it('is committed when the model comes to its natural stop', async () => {
    const world = new World()
    const agent = agentOf([world.tool('charge', { isUndoable: true })], { saga })
    const result = await world.run(agent, world.model(calls('charge A'), say('done')))
    expect(result).toMatchObject({ status: 'completed' })
    expect(await world.logged('saga-end')).toMatchObject([{ status: 'committed', residue: [] }])
  })

  it('seed-120: registers a step before its attempt', async () => {
    const world = new World()
    const agent = agentOf([world.tool('charge', { isUndoable: true })], { saga })
    await world.run(agent, world.model(calls('charge A'), say('done')))
    const types = (await world.log()).map((event) => event.type)
    const at = types.indexOf('saga-open')
    expect(types.slice(at, at + 3)).toEqual(['saga-open', 'saga-step-registered', 'attempt-start'])
  })

  it('seed-116, seed-119, seed-120: undoes what was done and what may have been done, in reverse order, under keys of their own', async () => {
    const world = new World()
    const charge = world.tool('charge', { isUndoable: true })
    const reserve = world.tool('reserve', { isUndoable: true, answer: () => new Error('connection lost') })
    const model = world.model(calls('charge A'), calls('reserve B'), say('never said'))
    const result = await world.run(agentOf([charge, reserve], { saga }), model)
    expect(result).toMatchObject({ status: 'failed', reason: 'saga-compensated', residue: [] })
    expect(world.prompts).toHaveLength(2)
    expect(world.effects.map((effect) => [effect.name, effect.key])).toEqual([
      ['charge', 's1/t1.c0'],
      ['reserve', 's1/t2.c0'],
      ['undo-reserve', 's1/t2.c0/undo'],
      ['undo-charge', 's1/t1.c0/undo'],
    ])
    expect(world.requests.at(-1)!.call).toBe('t1.c0.undo')
  })

  it('leaves a step that certainly did not happen alone, and undoes the rest when nothing made it good', async () => {
    const world = new World()
    const charge = world.tool('charge', { isUndoable: true })
    const reserve = world.tool('reserve', {
      isUndoable: true,
      answer: () => new ToolFailure('sold out', { retry: 'never' }),
    })
    const result = await world.run(
      agentOf([charge, reserve], { saga }),
      world.model(calls('charge A', 'reserve B'), say('sorry')),
    )
    expect(result).toMatchObject({ status: 'failed', reason: 'saga-compensated' })
    expect(world.effects.map((effect) => effect.name)).toEqual(['charge', 'undo-charge'])
  })

  it('is committed when the model makes a failed step good', async () => {
    const world = new World()
    const soldOut = new ToolFailure('sold out', { retry: 'never' })
    const reserve = world.tool('reserve', {
      isUndoable: true,
      answer: (_attempt, { id }) => (id === 'B' ? soldOut : 100),
    })
    const result = await world.run(
      agentOf([reserve], { saga }),
      world.model(calls('reserve B'), calls('reserve C'), say('done')),
    )
    expect(result).toMatchObject({ status: 'completed' })
  })

  it('seed-122: names what remains when a step cannot be undone', async () => {
    const world = new World()
    const mail = world.tool('mail', { effect: 'irreversible' })
    const charge = world.tool('charge', { isUndoable: true })
    const agent = agentOf([mail, charge], { saga, limits: { turns: 2 } })
    const result = await world.run(agent, world.model(calls('mail A', 'charge B'), calls('charge C')))
    expect(result).toMatchObject({ status: 'needs-intervention', reason: 'saga-residue', residue: ['t1.c0'] })
    expect(world.effects.map((effect) => effect.name).sort()).toEqual(['charge', 'mail', 'undo-charge'])
  })

  it('seed-121: undoes the others although one compensation keeps failing', async () => {
    const world = new World()
    const charge = world.tool('charge', { isUndoable: true })
    const reserve = world.tool('reserve', { isUndoable: true })
    let tries = 0
    const broken = {
      ...reserve,
      compensate: async () => {
        tries++
        throw new ToolFailure('closed')
      },
    }
    const agent = agentOf([charge, broken], { saga, limits: { turns: 3 } })
    const result = await world.run(agent, world.model(calls('charge A'), calls('reserve B'), calls('charge C')))
    expect(tries).toBe(3)
    expect(result).toMatchObject({ status: 'needs-intervention', residue: ['t2.c0'] })
    expect(world.effects.at(-1)!.name).toBe('undo-charge')
    expect(await world.logged('saga-end')).toMatchObject([{ status: 'needs-intervention', residue: ['t2.c0'] }])
  })

  it('compensates after the deadline too, and tells of the deadline', async () => {
    const world = new World()
    const charge = world.tool('charge', { isUndoable: true })
    const agent = agentOf([charge], { saga, limits: { timeMs: 1_500 } })
    const result = await world.run(agent, world.model(calls('charge A')))
    expect(result).toMatchObject({ status: 'timed-out', reason: 'deadline', residue: [] })
    expect(world.effects.map((effect) => effect.name)).toEqual(['charge', 'undo-charge'])
  })
})
