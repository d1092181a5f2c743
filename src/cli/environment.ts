/** Where and when a campaign ran: the only place of a record with the wall clock in it. */

import type { Environment } from '../report/record.js'
import { packageVersion } from './version.js'

/** `timeless` (`--reproducible`): equal campaigns have equal records, so nothing in it may tell when it was. */
export const environmentAt = (startedMs: number, timeless = false): Environment => ({
  stormproof: packageVersion(),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  commit: commitHere(),
  startedAt: new Date(timeless ? 0 : startedMs).toISOString(),
  wallMs: timeless ? 0 : Date.now() - startedMs,
})

/** As the CI tells it. */
export const commitHere = (): string => process.env['GITHUB_SHA'] ?? process.env['CI_COMMIT_SHA'] ?? ''
