import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src/core/message.js'
import { diffContexts } from '../../../src/report/context-diff.js'

const call = { id: 'a', tool: 'find', arguments: '{}' }
const prompt = (found: string, notes: readonly string[] = []): readonly Message[] => [
  { role: 'system', text: 'be good' },
  { role: 'user', text: 'go' },
  ...notes.map((text): Message => ({ role: 'user', text })),
  { role: 'assistant', text: '', calls: [call] },
  { role: 'tool', results: [{ id: 'a', tool: 'find', content: found, outcome: 'ok' }] },
]

describe('diffContexts', () => {
  it('seed-153: finds nothing between a prompt and itself', () => {
    expect(diffContexts(prompt('1', ['note']), prompt('1', ['note']))).toEqual([])
  })

  it('seed-153: names the first segment in which two sessions part, and what stands there', () => {
    const [first, ...others] = diffContexts(prompt('good'), prompt('bad'))
    expect(first).toMatchObject({ segment: 'toolResults', at: 0, first: { results: [{ content: 'good' }] } })
    expect(others).toEqual([])
    expect(diffContexts(prompt('good'), prompt('bad', ['poison'])).map(({ segment }) => segment)).toEqual([
      'documents',
      'toolResults',
    ])
  })
})
