import { expect, test } from 'vitest'
import { withSignal } from '../../../src/agent/ask-model.js'
import { remembered } from '../../../src/core/remembered.js'

function held() {
  let made = 0
  const controller = new AbortController()
  const holder = {
    get signal() {
      made++
      return controller.signal
    },
  }
  return { holder, controller, made: () => made }
}

test('a signal is made when it is read, not before, and is the one that is aborted', () => {
  const { holder, controller, made } = held()
  const request = withSignal({ turn: 1 }, holder)
  expect(request.turn).toBe(1)
  expect(made()).toBe(0)
  const { signal } = request
  expect(made()).toBe(1)
  controller.abort()
  expect(signal.aborted).toBe(true)
})

test('whoever hands a request on, in part or as a copy, hands its signal on', () => {
  const { holder, controller } = held()
  const request = withSignal({ turn: 1 }, holder)
  expect({ ...request, turn: 2 }).toEqual({ turn: 2, signal: controller.signal })
  expect(Object.keys(request)).toEqual(['turn', 'signal'])
})

test('what was answered is remembered, undefined as well, and forgotten when it is too much', () => {
  const asked: string[] = []
  const answer = remembered((text) => {
    asked.push(text)
    return text === 'none' ? undefined : text.length
  }, 2)
  expect(['none', 'none', 'four', 'four'].map(answer)).toEqual([undefined, undefined, 4, 4])
  expect(asked).toEqual(['none', 'four'])
  expect([answer('three'), answer('none')]).toEqual([5, undefined])
  expect(asked).toEqual(['none', 'four', 'three', 'none'])
})
