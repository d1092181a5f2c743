/** Two turns of a small shop: a read beside a write, then a write, then a word. */

import type { Agent } from '../../src/agent/agent.js'
import { type Diary, propose, shopTool } from '../unit/agent/shop-tools.js'
import { agentOf, say, type World } from '../unit/agent/small-world.js'

export const script = [
  propose(['look', { id: 'A' }], ['charge', { id: 'B' }]),
  propose(['charge', { id: 'C' }]),
  say('done'),
]

export const shop = (world: World, diary: Diary = []): Agent<any> =>
  agentOf([shopTool(world, diary, 'look'), shopTool(world, diary, 'charge', { effect: 'write', takes: 700 })])
