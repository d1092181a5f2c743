/** Secrets planted wherever an agent can put one: in no file of the record is any of them, whatever form it has. */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { reporters } from '../../../reporters/registry.js'
import { table } from '../../../src/backends.js'
import { type Manifest, manifestShape } from '../../../src/cli/manifest.js'
import { openRecordFolder, readHistory } from '../../../src/cli/record-folder.js'
import { runCampaign } from '../../../src/explore/campaign.js'
import type { Told, TrialReport } from '../../../src/explore/hands.js'
import { localHands } from '../../../src/explore/local-hands.js'
import { maskedEvents, maskedReport, maskedTold } from '../../../src/explore/masked.js'
import { type Clients, defineBackend, defineScenario } from '../../../src/index.js'
import { defineAgent, defineTool } from '../../../src/runtime.js'
import * as records from '../../golden/records.js'
import { temporaryFolder } from '../cli/temporary-folder.js'

/** Known to the scenario, so it is found in any form; the others by their look, or by the name of their field. */
const token = 'q7Wn2-vKx9T-4mZp8'
const planted = {
  token,
  encoded: Buffer.from(token).toString('base64'),
  key: 'sk-live-0123456789abcdef',
  bearer: 'tk0123456789secretbearer',
  password: 'hunter22hunter',
  named: 'swordfish-plain-value',
  card: '4111 1111 1111 1111',
} as const

const leaky =
  `${planted.token} ${planted.encoded} ${planted.key} Authorization: Bearer ${planted.bearer} ` +
  `https://ann:${planted.password}@shop.example/ {"api_key": "${planted.named}"} ${planted.card}`

const shownIn = (value: unknown): readonly string[] => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return Object.entries(planted)
    .filter(([, secret]) => text.includes(secret))
    .map(([name]) => name)
}

test('the canaries are seen where nothing masks them', () => {
  expect(shownIn(leaky)).toEqual(Object.keys(planted))
})

const violation = { invariant: 'an order is refunded once', clause: 'a', because: leaky, witness: [1], seq: 1 }

describe('each text of a report', () => {
  const [problem] = [{ kind: 'agent-threw', what: leaky, where: leaky, remedy: leaky } as const]
  const report = {
    record: { reason: leaky, violations: [violation] },
    ...{ problems: [problem], console: [leaky], decisions: [], unknown: false, concerned: [], unmet: [] },
  } as unknown as TrialReport
  const told = {
    ...{ violation, needs: [leaky], where: [{ at: leaky, line: leaky }], console: [leaky], faults: [], also: [] },
    story: {
      ...{ headline: leaky, backend: leaky, hidden: 0 },
      lines: [{ seq: 1, vt: 1, model: leaky, tools: leaky, backend: leaky, flow: 'none', mark: 'plain' }],
    },
  } as unknown as Told

  it.each([
    ['of a trial', maskedReport(report, [token])],
    ['of a finding', maskedTold(told, [token])],
  ])('%s is masked', (_name, masked) => {
    expect(shownIn(masked)).toEqual([])
    expect(JSON.stringify(masked)).toContain('***')
  })

  it('keeps what has nothing to hide', () => {
    const { moment: _, ...rest } = { ...records.finding, also: [], fingerprint: 'f' }
    expect(maskedTold(rest as unknown as Told, [token])).toEqual(rest)
  })
})

test('the key of a request is no secret: whoever reads a history needs it', () => {
  const event = { seq: 1, vt: 2, type: 'request-arrived', key: 'refund-A-7', input: { apiKey: planted.named } }
  const [text = ''] = maskedEvents({ events: [JSON.stringify(event)], secrets: [] })
  expect(JSON.parse(text)).toEqual({ ...event, input: { apiKey: '***' } })
})

const customers = table([{ id: 'ann', note: token }], { secrets: [token] })
const log = defineBackend({
  name: 'log',
  state: () => ({}),
  operations: ({ write }) => ({
    note: write({ input: z.object({ text: z.string(), apiKey: z.string() }), apply: () => ({}) }),
  }),
})
const backends = { customers, log }

/** It tells everybody everything. */
const gossip = defineScenario({
  name: 'gossip',
  backends,
  prompt: `Who is ann? ${planted.key}`,
  agent: ({ customers: rows, log: lines }: Clients<typeof backends>) =>
    defineAgent({
      name: 'gossip',
      instructions: `Tell who it is. Bearer ${planted.bearer}`,
      tools: [
        defineTool({
          name: 'who',
          description: 'who',
          effect: 'read',
          input: z.object({ hint: z.string() }),
          output: z.unknown(),
          execute: async () => {
            const found = await rows.select({ where: { id: 'ann' } })
            console.log(leaky)
            await lines.note({ text: leaky, apiKey: planted.named })
            return { found, leaky }
          },
        }),
      ],
    }),
  model: ({ call, say }) => [call('who', { hint: leaky }), say(leaky)],
  always: { 'nothing is noted': ({ ledger }) => ledger.log.note.length === 0 },
})

const manifest: Manifest = {
  ...{ schemaVersion: 1, campaign: 'c-1', seed: '1', preset: 'stormy', trials: 6, timeMs: 1, scenarios: [], gates: {} },
  ...{ versions: { stormproof: '0', node: '0' }, commit: '', reproducible: false },
}

test('an agent that tells everybody everything leaves a record without a secret', async () => {
  expect(manifestShape(manifest, '')).toBeUndefined()
  const files = openRecordFolder(temporaryFolder(), manifest)
  const hands = localHands([gossip])
  const scenario = await runCampaign({
    scenario: { name: 'gossip', file: 'gossip.scenario.ts', breaks: [] },
    ...{ hands: [hands], seed: '1', preset: 'stormy', trials: 6, now: () => 0 },
    onTrial: files.trial,
  })
  expect(scenario.findings.length).toBeGreaterThan(0)
  for (const finding of scenario.findings) {
    const source = { kind: 'replay', decisions: finding.decisions } as const
    const bytes = await hands.bytes('gossip', { origin: 'replay', index: 0, source })
    expect(shownIn(bytes.events)).toContain('token')
    files.history(finding, maskedEvents(bytes))
  }
  const record = { ...records.failing, scenarios: [scenario] }
  files.end(record)
  for (const { file } of Object.values(reporters))
    if (file)
      files.file(
        file.name,
        file.text(record, (finding) => readHistory(files.path, finding)),
      )
  const written = readdirSync(files.path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(files.path, name))
    .filter((path) => statSync(path).isFile())
  expect(written.length).toBeGreaterThan(10)
  for (const path of written) expect([path, shownIn(readFileSync(path, 'utf8'))]).toEqual([path, []])
})
