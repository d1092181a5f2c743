/** A move to another department: read, changed and told, the last two only when the admin and the manager say so. */

import { defineScenario } from 'stormproof'
import { officeAgent } from '../../scenarios/agents/office-agent.js'
import { office } from '../../scenarios/backends/office.js'

export type Colleagues = readonly [string, ...string[]]

/** `colleagues`: who is told, in one turn. More than five within a minute are too many. */
export const officeScenario = (name: string, colleagues: Colleagues) =>
  defineScenario({
    name,
    backends: { office },
    agent: officeAgent,
    approvers: { admin: { decides: 'any' }, manager: { decides: 'any' } },
    prompt: 'Do what document D-1 says, and tell the colleagues.',
    model: ({ call, say }) => {
      const [first, ...others] = colleagues
      const mailTo = (colleague: string) =>
        call('send_email', (seen) => ({
          to: `${colleague}@office.example`,
          subject: `A move to ${seen('update_user_profile').department}`,
        }))
      return [
        call('fetch_document', { documentId: 'D-1' }),
        call('update_user_profile', { userId: 'U-7', department: 'Sales' }),
        [mailTo(first), ...others.map(mailTo)],
        say('Done.'),
      ]
    },
    always: {
      'nobody is told of a move that did not happen': ({ ledger }) =>
        ledger.office.send.length === 0 || ledger.office.setDepartment.length === 1,
    },
    success: ({ ledger }) => ledger.office.setDepartment.length === 1 && ledger.office.send.length >= 1,
  })
