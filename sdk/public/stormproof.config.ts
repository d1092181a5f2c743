import { defineConfig } from 'stormproof'

/** Their agents lie outside of this repository: `PUBLIC_AGENTS=<folder> node ../../bin/stormproof.js`. What they are is in docs/public-agents.md. */
export default defineConfig({ scenarios: '*.scenario.ts' })
