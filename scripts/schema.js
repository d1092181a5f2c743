/** Writes `record.schema.json`, the published schema of what a campaign leaves: `npm run schema`. A test says so when it is not up to date. */

import { writeFileSync } from 'node:fs'
import { lineSchema } from '../dist/src/report/line-shape.js'

writeFileSync(new URL('../record.schema.json', import.meta.url), `${JSON.stringify(lineSchema, null, 2)}\n`)
