/** How a service refuses what it will not do: nothing happened, and asking again changes nothing. */

import { ToolFailure } from '../../core/tool.js'

export const missing = (what: string): ToolFailure =>
  new ToolFailure(`there is no ${what}`, { retry: 'never', status: 404 })

export const conflict = (because: string): ToolFailure => new ToolFailure(because, { retry: 'never', status: 409 })

/** Somebody else was faster: what the caller has read is no longer so. */
export const outdated = (what: string, is: string | number, asked: string | number): ToolFailure =>
  new ToolFailure(`${what} is at ${is}, not at ${asked}: read it again`, { retry: 'never', status: 412 })
