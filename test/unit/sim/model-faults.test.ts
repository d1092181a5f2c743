import { describe, expect, it } from 'vitest'
import type { ModelAnswer } from '../../../src/core/model.js'
import { ModelError } from '../../../src/core/model.js'
import type { Script } from '../../../src/sim/script.js'
import { returned } from './stage.js'
import { fine, talk, told } from './talk.js'

const site = 'model/t1/a1'
const saying: Script<any> = ({ say }) => [say('Found it.')]

/** What comes instead of the first answer, and how often the fault was planned, injected and landed. */
async function first(fault: string, details: Record<string, string> = {}, entries?: Script<any>) {
  const decisions = Object.entries(details).map(([name, value]) => [`${site}@${name}`, value] as const)
  const { act, ask, events } = talk({ decisions: [[site, fault], ...decisions], ...(entries && { entries }) })
  const outcome = await act(() => ask())
  const counts = (['fault-planned', 'fault-injected', 'fault-landed'] as const).map((type) => events(type).length)
  expect(counts).toEqual([1, 1, 1])
  return outcome
}

async function answered(...given: Parameters<typeof first>): Promise<ModelAnswer> {
  const outcome = await first(...given)
  if (outcome.kind !== 'returned') throw expect.unreachable(JSON.stringify(outcome))
  return outcome.value
}

describe('model/finish-reason', () => {
  it.each(['length', 'content-filter', 'refusal', 'pause', 'context-exceeded', 'other'])(
    '%s: it stops before its calls, or within its words',
    async (reason) => {
      const answer = await answered('model/finish-reason', { reason })
      expect(answer).toMatchObject({ calls: [], stop: reason })
      expect(answer.text).not.toBe('')
      const words = await answered('model/finish-reason', { reason }, saying)
      expect(words.stop).toBe(reason)
      expect(words.text).not.toBe('Found it.')
    },
  )

  it('within its last call, or after its calls', async () => {
    const within = await answered('model/finish-reason', { cut: 'in-call' })
    expect(told(within)).toBe('look {"at":"A"}, look {"at":')
    const after = await answered('model/finish-reason', { cut: 'after-calls', reason: 'context-exceeded' })
    expect(after.stop).toBe('context-exceeded')
    expect(told(after)).toBe('look {"at":"A"}, look {"at":"B"}')
  })

  it('the call that was cut comes again, whole', async () => {
    const decisions = [
      [site, 'model/finish-reason'],
      [`${site}@cut`, 'in-call'],
    ] as const
    const { act, say } = talk({ decisions })
    const outcome = await act(async () => {
      await say((index) => (index === 1 ? ['failed', 'cut'] : ['ok', { next: 'C' }]))
      return told(await say(() => ['ok', { next: 'D' }]))
    })
    expect(outcome).toMatchObject({ value: 'look {"at":"B"}' })
  })
})

describe('model/empty-turn', () => {
  it('is neither a word nor a call', async () => {
    expect(await answered('model/empty-turn')).toMatchObject({ text: '', calls: [], stop: 'stop' })
  })

  it('or no message at all', async () => {
    const outcome = await first('model/empty-turn', { kind: 'no-choices' })
    expect(outcome.kind === 'threw' && outcome.error).toBeInstanceOf(ModelError)
    expect(outcome).toMatchObject({ error: { detail: { class: 'bad-response', retryable: true } } })
  })
})

describe('model/final-with-calls', () => {
  it.each([
    ['together', 'tool-calls'],
    ['after', 'stop'],
  ])('the last word comes with the calls (%s)', async (order, stop) => {
    const answer = await answered('model/final-with-calls', { order })
    expect(answer.stop).toBe(stop)
    expect(answer.text).toMatch(/^Done/)
    expect(told(answer)).toBe('look {"at":"A"}, look {"at":"B"}')
  })
})

describe('model/usage-mismatch', () => {
  it.each([
    ['missing', 0],
    ['zero', 0],
    ['double', 200],
  ])('%s', async (kind, inputTokens) => {
    const answer = await answered('model/usage-mismatch', { kind })
    expect(answer.usage.inputTokens).toBe(inputTokens)
    expect(told(answer)).toBe('look {"at":"A"}, look {"at":"B"}')
  })
})

describe('model/id-reuse', () => {
  const idsOf = async (details: Readonly<Record<string, string>>, calm = false) => {
    const { act, say, events, world } = talk({
      renames: true,
      decisions: [
        [site, 'model/id-reuse'],
        ...Object.entries(details).map(([name, value]) => [`${site}@${name}`, value] as const),
      ],
    })
    const outcome = await act(async () => {
      const first = await say(fine)
      world.tape.calm = calm
      return [first, await say(fine)].map(({ calls }) => calls.map(({ id }) => id))
    })
    return { ids: returned(outcome), landed: events('fault-landed').length }
  }
  const own = expect.stringMatching(/^call_t\dc\de\dp\d$/)

  it.each([
    ['batch', 'constant', [['call_0', 'call_0'], [own]]],
    ['batch', 'empty', [['', ''], [own]]],
    ['turn', 'constant', [['call_0', 'call_1'], ['call_0']]],
    ['turn', 'empty', [['', own], ['']]],
    ['session', 'constant', [['call_0', 'call_0'], ['call_0']]],
    ['session', 'empty', [['', ''], ['']]],
  ])('of scope %s, %s', async (scope, id, ids) => {
    expect(await idsOf({ scope, id })).toEqual({ ids, landed: 1 })
  })

  it('is over in the calm', async () => {
    expect(await idsOf({ scope: 'session' }, true)).toEqual({ ids: [['call_0', 'call_0'], [own]], landed: 1 })
  })

  it('has not landed where no id came twice', async () => {
    expect(await idsOf({ scope: 'turn' }, true)).toEqual({ ids: [['call_0', 'call_1'], [own]], landed: 0 })
  })

  it('a call that failed comes again, and another under its id does not', async () => {
    const decisions = [
      [site, 'model/id-reuse'],
      ['model/t2@reaction', 'again'],
    ] as const
    const { act, say } = talk({ decisions, renames: true })
    const outcome = await act(async () => {
      await say((index) => (index === 1 ? ['failed', 'no'] : ['ok', { next: 'C' }]))
      return told(await say(fine))
    })
    expect(outcome).toMatchObject({ value: 'look {"at":"B"}' })
  })
})
