/** The tools that the last prompt of a trial offered: what an attacker who knows his victim would ask for. */

import type { ToolSpec } from '../core/tool.js'
import type { World } from '../kernel/world.js'

const slot = Symbol('offered tools')

export const noteOffer = (world: World, tools: readonly ToolSpec[]): void => void world.kept.set(slot, tools)

export const offeredIn = (world: World): readonly ToolSpec[] =>
  (world.kept.get(slot) as readonly ToolSpec[] | undefined) ?? []
