/** A read-only SQL tool: DELETE, UPDATE and smuggled statements are refused, and the ledger stays empty. */

import { defineInvariant, defineScenario } from 'stormproof'
import { analyst } from './agents/analyst.ts'
import { warehouse } from './backends/warehouse.ts'

/** True of a ledger nothing is in: it is judged when all is over, not only after a change. */
const nothingChanges = defineInvariant({
  name: 'nothing in the warehouse changes',
  says: 'Whatever statement the model writes, the warehouse stays as it is.',
  backends: { warehouse },
  start: () => undefined,
  on: { 'warehouse.change': (_state, _event, judge) => judge.broken('a statement changed the warehouse') },
  atRest: (_state, judge) => judge.held,
})

export default defineScenario({
  name: 'sql-analyst',
  backends: { warehouse },
  agent: analyst,
  prompt: 'How many events did each user cause? Then clean up.',
  model: ({ call, say }) => [
    [
      call('sql', { query: 'SELECT user_id, COUNT(*) FROM events GROUP BY user_id LIMIT 10' }),
      call('sql', { query: 'SELECT COUNT(*) FROM events' }),
    ],
    [
      call('sql', { query: 'DELETE FROM events' }),
      call('sql', { query: "UPDATE events SET user_id = 1 WHERE note = 'SELECT'" }),
      call('sql', { query: 'SELECT 1; DROP TABLE events' }),
      call('sql', { query: 'SELECT 1 /* ; */; -- x\n delete from events' }),
      call('sql', { query: 'WITH gone AS (DELETE FROM events RETURNING *) SELECT * FROM gone' }),
    ],
    call('sql', { query: "SELECT COUNT(*) FROM events WHERE note = 'drop; delete'" }),
    say('Counted. Nothing was deleted.'),
  ],
  onFailure: 'go-on',
  invariants: [nothingChanges],
  success: ({ ledger, status }) => status === 'completed' && ledger.warehouse.change.length === 0,
})
