import { defineConfig } from 'stormproof'

export default defineConfig({ scenarios: 'scenarios/**/*.scenario.ts' })
