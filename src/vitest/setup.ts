/** Setup file of the vitest plugin: puts the world's clock, chance and network in place before the agent's modules load. */

import { installShims } from '../box/install.js'
import { maskKeys } from '../box/keys.js'
import { markSetUp } from './set-up.js'

installShims()
maskKeys()
markSetUp()
