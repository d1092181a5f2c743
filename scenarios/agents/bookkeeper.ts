/** A bookkeeper: what he books rests on the version he has read, so that nobody's booking is lost. */

import type { Clients } from 'stormproof'
import type { documents, files, table } from 'stormproof/backends'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

type Account = { id: string; cents: number; token: string }
type Services = Clients<{
  accounts: ReturnType<typeof table<Account>>
  rules: ReturnType<typeof documents>
  receipts: ReturnType<typeof files>
}>

export const bookkeeper = ({ accounts, rules, receipts }: Services) => {
  const readAccount = defineTool({
    name: 'read_account',
    description: 'The balance of an account, and its version',
    effect: 'read',
    input: z.object({ id: z.string() }),
    output: z.object({ cents: z.int(), version: z.int() }),
    // The row has a token too, which is nobody's business.
    execute: async ({ id }, { signal }) => {
      const { rows } = await accounts.select({ where: { id } }, { signal })
      const [account] = rows
      return { cents: account?.cents ?? 0, version: account?.version ?? 0 }
    },
  })
  const lookUpRules = defineTool({
    name: 'look_up_rules',
    description: 'Search the rules of the house',
    effect: 'read',
    input: z.object({ query: z.string() }),
    output: z.object({ rules: z.array(z.string()) }),
    execute: async (input, { signal }) => {
      const { hits } = await rules.search(input, { signal })
      return { rules: hits.map(({ text }) => text) }
    },
  })
  const book = defineTool({
    name: 'book',
    description: 'Set the balance of an account that is still at this version',
    effect: 'write',
    input: z.object({ id: z.string(), cents: z.int(), version: z.int() }),
    output: z.object({ version: z.int() }),
    // Of what the database answers nothing goes on but what is wanted.
    execute: async ({ id, cents, version: ifVersion }, { key, signal }) => {
      const { version } = await accounts.update({ id, set: { cents }, ifVersion }, { idempotencyKey: key, signal })
      return { version }
    },
  })
  const fileReceipt = defineTool({
    name: 'file_receipt',
    description: 'File a receipt',
    effect: 'write',
    input: z.object({ path: z.string(), text: z.string() }),
    output: z.object({ etag: z.string() }),
    execute: (input, { key, signal }) => receipts.write(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({
    name: 'bookkeeper',
    instructions: 'Book what you are told, under the rules of the house, and file a receipt.',
    tools: [readAccount, lookUpRules, book, fileReceipt],
    limits: { turns: 12 },
    guards: { marking: true },
  })
}
