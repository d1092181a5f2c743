/** Carries the scope through asynchronous code: the kernel's port over one AsyncLocalStorage. */

import type { Scope, ScopePort } from '../kernel/scope.js'
import { box } from './shared-box.js'

const storage = box.storage

/** Who acts now, or undefined outside every simulation. Across duplicate copies of the package it is the same answer. */
export const scopes: ScopePort = {
  current: () => storage.getStore(),
  run: <T>(scope: Scope, body: () => T): T => storage.run(scope, body),
}
