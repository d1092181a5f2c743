/** What a tool says of who must approve its calls. */

import type { Approval, ApprovalPolicy } from '../../core/approval.js'
import { came, requireFields } from '../../core/definition.js'
import { StormproofError } from '../../core/error.js'

/** Throws a `config` error for a policy under which nobody, or nothing in particular, would be asked. */
export function approvalPolicy(of: string, given: Approval): ApprovalPolicy {
  if (given !== 'required') requireFields('config', `approval of ${of}`, given, ['approvers', 'expiresMs', 'policy'])
  const { approvers, expiresMs = 1_800_000, policy = '' } = given === 'required' ? { approvers: ['operator'] } : given
  const named = Array.isArray(approvers) ? approvers.filter((name) => typeof name === 'string' && name !== '') : []
  if (named.length > 0 && new Set(named).size === approvers.length && expiresMs > 0 && expiresMs < 2 ** 31) {
    return { approvers: [...approvers], expiresMs, policy }
  }
  throw new StormproofError(
    'config',
    `approval of ${of} needs approvers of different names, and expiresMs from 1; ${came(approvers)} and ${came(expiresMs)} came`,
    {
      remedy: "approval: { approvers: ['lead'] }",
    },
  )
}
