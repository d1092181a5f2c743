/** The world: how its clock moves, how a trial ends, what its history says. */

import { describe, expect, test } from 'vitest'
import { isAlive } from '../../../src/kernel/scope.js'
import type { Source } from '../../../src/kernel/source.js'
import { bareWorld, epochMs, run, scopeOf, scopes } from './bare-world.js'

const nothing = (): void => undefined
const told = (text: string) => ({ stream: 'log' as const, text })

describe('the clock', () => {
  test('jumps from event to event, and stands still between them', async () => {
    const world = bareWorld()
    const times: number[] = []
    await run(world, () => {
      world.timer(500, () => {
        times.push(world.now)
        world.timer(50, () => times.push(world.now))
      })
      world.complete('a', 100, () => times.push(world.now))
      world.timer(0, () => times.push(world.now))
      world.timer(2_000, () => times.push(world.now))
      world.rootSettled()
    })
    expect(times).toEqual([0, 100, 500, 550, 2_000])
  })

  test('goes back for nobody: a held answer arrives when the last one that passed it did', async () => {
    const holdFirst: Source = { pick: (label) => (label === 'first@hold' ? 1 : 0), below: () => 0 }
    const world = bareWorld({ source: holdFirst })
    const arrivals: string[] = []
    await run(world, () => {
      world.complete('first', 100, () => arrivals.push(`first ${world.now}`))
      world.complete('second', 300, () => arrivals.push(`second ${world.now}`))
      world.rootSettled()
    })
    expect(arrivals).toEqual(['second 300', 'first 300'])
  })

  test('of the wall begins at the epoch, goes along, and may jump without moving time', async () => {
    const world = bareWorld()
    await run(world, () => {
      world.timer(70, () => world.jumpWall(-1_000))
      world.rootSettled()
    })
    expect([world.now, world.wall]).toEqual([70, epochMs + 70 - 1_000])
  })

  test('waits for the boundary after each event, so that code runs as far as it can', async () => {
    const world = bareWorld()
    const steps: string[] = []
    await run(world, () => {
      world.timer(1, async () => {
        steps.push('timer')
        for (let i = 0; i < 100; i++) await undefined
        steps.push('its code')
      })
      world.timer(1, () => steps.push('next timer'))
      world.rootSettled()
    })
    expect(steps).toEqual(['timer', 'its code', 'next timer'])
  })
})

describe('a trial ends', () => {
  test('at rest, when the root has settled and nothing is left', async () => {
    const world = bareWorld()
    expect(await run(world, () => world.timer(10, () => world.rootSettled()))).toBe('rest')
    expect([world.now, world.steps, world.over]).toEqual([10, 1, true])
  })

  test('at its horizon, when something is due later than that after the root settled', async () => {
    const world = bareWorld({ horizonMs: 100 })
    const seen: number[] = []
    const ending = await run(world, () => {
      world.timer(50, () => world.rootSettled())
      for (const at of [150, 151]) world.timer(at, () => seen.push(world.now))
    })
    expect([ending, seen, world.now]).toEqual(['rest', [150], 150])
  })

  test('in a deadlock, when nothing is left and the root still waits', async () => {
    expect(await run(bareWorld(), nothing)).toBe('deadlock')
  })

  test('in a deadlock only after a real wait, where there is patience: what arrives meanwhile goes on', async () => {
    const waits: string[] = []
    const world = bareWorld({
      patience: (then) => {
        waits.push(`at ${world.now}`)
        if (waits.length === 1) world.timer(5, nothing)
        setImmediate(then)
      },
    })
    expect(await run(world, nothing)).toBe('deadlock')
    expect(waits).toEqual(['at 0', 'at 5'])
  })

  test('at rest when the root settles during that wait', async () => {
    const world = bareWorld({
      patience: (then) => {
        world.rootSettled()
        setImmediate(then)
      },
    })
    expect(await run(world, nothing)).toBe('rest')
  })

  test('by its steps, when its agenda never empties', async () => {
    const world = bareWorld({ maxSteps: 20 })
    const again = (): void => void world.timer(1, again)
    expect(await run(world, again)).toBe('steps')
    expect([world.steps, world.now]).toEqual([20, 20])
  })

  test('by its virtual time, before the event that would exceed it', async () => {
    const world = bareWorld({ budgetMs: 1_000 })
    const seen: number[] = []
    const ending = await run(world, () => {
      for (const at of [1_000, 1_001]) world.timer(at, () => seen.push(world.now))
    })
    expect([ending, seen]).toEqual(['time', [1_000]])
  })

  test('when it is stopped, after the current event', async () => {
    const world = bareWorld({ onEvent: (event, itself) => event.type === 'console' && itself.stop() })
    const seen: string[] = []
    const ending = await run(world, () => {
      world.timer(1, () => {
        world.emit('console', told('halt'), 'run')
        seen.push('the rest of the event')
      })
      world.timer(2, () => seen.push('the next event'))
    })
    expect([ending, seen]).toEqual(['stopped', ['the rest of the event']])
  })

  test('with the error, when the world itself breaks', async () => {
    const world = bareWorld()
    const broken = run(world, () =>
      world.timer(1, () => {
        throw new Error('a bug of ours')
      }),
    )
    await expect(broken).rejects.toThrow('a bug of ours')
  })
})

describe('timers', () => {
  test('that are cancelled never fire, and keep no world awake', async () => {
    const world = bareWorld()
    const seen: string[] = []
    await run(world, () => {
      const cancelled = world.timer(5_000, () => seen.push('cancelled'))
      world.timer(1, () => cancelled.cancel())
      world.rootSettled()
    })
    expect([seen, world.now]).toEqual([[], 1])
  })

  test('are counted while somebody waits for them, however often they are cancelled', async () => {
    const world = bareWorld()
    const counts: number[] = []
    await run(world, () => {
      const first = world.timer(1, () => counts.push(world.liveTimers))
      const second = world.timer(2, nothing)
      counts.push(world.liveTimers)
      second.cancel()
      second.cancel()
      counts.push(world.liveTimers)
      world.timer(3, () => {
        first.cancel()
        counts.push(world.liveTimers)
      })
      world.rootSettled()
    })
    expect(counts).toEqual([2, 1, 1, 0])
  })
})

describe('the history', () => {
  test('is one total order, stamped with time, lane and incarnation', async () => {
    const world = bareWorld()
    await run(world, () => {
      world.emit('console', told('one'), 'run')
      world.timer(30, () => {
        world.nextIncarnation()
        world.emit('restart', { epoch: world.incarnation }, 'world')
        world.emitApplied({ type: 'run-resume', epoch: 2, at: 30 }, 'store')
      })
      world.rootSettled()
    })
    expect(world.events).toEqual([
      { seq: 0, vt: 0, lane: 'run', incarnation: 1, type: 'console', ...told('one') },
      { seq: 1, vt: 30, lane: 'world', incarnation: 2, type: 'restart', epoch: 2 },
      { seq: 2, vt: 30, lane: 'store', incarnation: 2, type: 'run-resume', epoch: 2, at: 30 },
    ])
  })

  test('is told as it grows', () => {
    const seen: string[] = []
    const world = bareWorld({ onEvent: (event, itself) => seen.push(`${event.seq} of ${itself.events.length}`) })
    world.emit('storm-end', {}, 'world')
    world.emit('storm-end', {}, 'world')
    expect(seen).toEqual(['0 of 1', '1 of 2'])
  })

  test('has a fingerprint that tells apart types, times and incarnations', async () => {
    const fingerprintOf = async (type: 'crash' | 'restart', delayMs: number, incarnations: number): Promise<string> => {
      const world = bareWorld()
      for (let i = 1; i < incarnations; i++) world.nextIncarnation()
      await run(world, () => world.timer(delayMs, () => world.emit(type, { epoch: 1 }, 'world')))
      return world.fingerprint.text
    }
    const first = await fingerprintOf('crash', 5, 1)
    expect(await fingerprintOf('crash', 5, 1)).toBe(first)
    const others = [
      await fingerprintOf('restart', 5, 1),
      await fingerprintOf('crash', 6, 1),
      await fingerprintOf('crash', 5, 2),
    ]
    expect(new Set([first, ...others]).size).toBe(4)
  })
})

describe('the life of the agent', () => {
  test('a scope is alive while its world goes on and its incarnation lasts', async () => {
    const world = bareWorld()
    const first = scopeOf(world)
    expect(isAlive(first)).toBe(true)
    expect(world.nextIncarnation()).toBe(2)
    const second = scopeOf(world)
    expect([isAlive(first), isAlive(second)]).toEqual([false, true])
    world.rootSettled()
    await run(world, nothing)
    expect(isAlive(second)).toBe(false)
  })

  test('the root runs in its scope', async () => {
    const world = bareWorld()
    let lane: string | undefined
    await run(world, () => {
      lane = scopes.current()?.lane
      world.rootSettled()
    })
    expect(lane).toBe('run')
  })

  test('that the root settled is told once, to all who asked', () => {
    const world = bareWorld()
    const heard: string[] = []
    world.whenRootSettled(() => heard.push('a'))
    world.whenRootSettled(() => heard.push('b'))
    world.rootSettled()
    world.rootSettled()
    expect(heard).toEqual(['a', 'b'])
  })
})

describe('chance that is no decision', () => {
  test('depends on label and ordinal alone, whatever else was drawn, and is not on the tape', () => {
    const one = bareWorld()
    const other = bareWorld()
    const draws = [one.chance('a'), one.chance('a'), one.chance('b')]
    other.chance('c')
    expect([other.chance('b'), other.chance('a'), other.chance('a')]).toEqual([draws[2], draws[0], draws[1]])
    expect(new Set(draws).size).toBe(3)
    for (const draw of draws) expect(Number.isInteger(draw) && draw >= 0 && draw < 2 ** 32).toBe(true)
    expect([one.tape.decisions, one.fingerprint.text]).toEqual([[], bareWorld().fingerprint.text])
  })
})
