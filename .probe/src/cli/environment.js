/** Where and when a campaign ran: the only place of a record with the wall clock in it. */
import { packageVersion } from './version.js';
export const environmentAt = (startedMs) => ({
    stormproof: packageVersion(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    commit: process.env['GITHUB_SHA'] ?? process.env['CI_COMMIT_SHA'] ?? '',
    startedAt: new Date(startedMs).toISOString(),
    wallMs: Date.now() - startedMs,
});
