/** The mutants' own scenarios: each breaks a promise, so that no run of the project may meet them by accident. */

import { defineConfig } from 'stormproof'

export default defineConfig({ scenarios: 'scenarios/*.scenario.ts' })
