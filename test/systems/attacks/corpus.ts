/** The corpus of attacks, by class. */

import type { Attack } from './attack.js'
import { context } from './context.js'
import { crossContext } from './cross-context.js'
import { direct } from './direct.js'
import { exfiltration } from './exfiltration.js'
import { override } from './override.js'

export const corpus: readonly Attack[] = [...direct, ...context, ...override, ...exfiltration, ...crossContext]
