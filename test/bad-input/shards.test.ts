/** A campaign over three machines, by the real program: the merge leaves the bytes that one machine would; what does not fit is refused. */

import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, type Ended, lasting, stormproof } from './stormproof.js'

beforeAll(build, 90_000)

const asked = ['prints', 'throws-in-storms', '--trials=1100', '--time=10m', '--seed=s', '--progress=none'] as const
const shard = (folder: string, text: string, ...more: readonly string[]): Promise<Ended> =>
  stormproof(folder, [...asked, '--jobs=1', `--shard=${text}`, `--out=shards/${text[0]}`, '--quiet', ...more])

/** Every file below, by its path. */
function bytes(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files
      .map((file) => join(file.parentPath, file.name))
      .sort()
      .map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]),
  )
}

let folder = ''
let whole: Ended

beforeAll(async () => {
  folder = lasting(['prints', 'throws'])
  whole = await stormproof(folder, [...asked, '--jobs=2', '--reproducible', '--out=whole'])
  for (const text of ['3/3', '1/3', '2/3']) {
    const { code, error } = await shard(folder, text, '--reproducible')
    expect([0, 1], error).toContain(code)
    expect(error).toBe('')
  }
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('three shards merge to the files of the campaign in one piece, byte for byte', async () => {
  expect(whole.code).toBe(1)
  const merged = await stormproof(folder, ['merge', 'shards', '--out=merged'])
  expect(merged).toMatchObject({ code: 1, error: '' })
  const [one, other] = [bytes(join(folder, 'merged')), bytes(join(folder, 'whole'))]
  expect(Object.keys(one)).toEqual(Object.keys(other))
  expect(Object.keys(one).filter((path) => path.includes('/histories/')).length).toBeGreaterThan(0)
  for (const path of Object.keys(one)) expect(one[path] === other[path], path).toBe(true)
  // Printed the same too, but for the folder.
  expect(merged.out.replace('merged', 'whole')).toBe(whole.out)
}, 60_000)

describe('shards that do not make one campaign are refused with 6, and nothing is written', () => {
  const json = (change: (value: any) => void) => (text: string) => {
    const value = JSON.parse(text)
    change(value)
    return JSON.stringify(value)
  }
  const manifest = (change: (value: any) => void) => ['manifest.json', json(change)] as const
  const cases: readonly (readonly [what: string, file: string, change: (text: string) => string, says: string])[] = [
    ['another seed', ...manifest((value) => (value.seed = 'other')), 'different campaigns: seed "s" and "other"'],
    ['another version', ...manifest((value) => (value.versions.stormproof = '9.0.0')), 'version of stormproof'],
    ['another preset', ...manifest((value) => (value.preset = 'hostile')), 'preset of faults "stormy" and "hostile"'],
    ['fewer scenarios', ...manifest((value) => value.scenarios.pop()), 'list of scenarios'],
    ['other gates', ...manifest((value) => (value.gates.findings = 9)), 'gates {} and {"findings":9}'],
    ['another commit', ...manifest((value) => (value.commit = 'c0ffee')), 'commit "" and "c0ffee"'],
    ['another number of shards', ...manifest((value) => (value.shard.count = 4)), 'number of shards 3 and 4'],
    ['a shard twice', ...manifest((value) => (value.shard.index = 1)), 'shard 1/3 is there twice'],
    [
      'a newer version',
      ...manifest((value) => (value.schemaVersion = 2)),
      'another version of stormproof (schema 2, here 1)',
    ],
    ['a manifest cut short', 'manifest.json', (text) => text.slice(0, 90), 'is damaged'],
    ['parts cut short', 'shard.json', (text) => text.slice(0, -9), 'is damaged'],
    [
      'parts of another shape',
      'shard.json',
      json((value) => (value.played[0].parts[0].sums.storms = '1')),
      'is damaged, at played[0].parts[0].sums.storms',
    ],
    [
      'a part that is not its own',
      'shard.json',
      json((value) => (value.played[0].parts[0].part = 1)),
      'is not one that shard 2/3 runs',
    ],
    [
      'other code',
      'shard.json',
      json((value) => (value.played[0].parts[0].calm.fingerprint = 'x')),
      'did not run the same code: the calm day of prints differs',
    ],
    ['trials cut short', 'trials.ndjson', (text) => text.slice(0, -9), 'trials.ndjson of shard 2/3 is damaged'],
  ]
  test.each(cases)('%s', async (_, file, change, says) => {
    const edited = copied()
    const [path] = Object.keys(bytes(edited)).filter((name) => name.startsWith('/2/') && name.endsWith(file))
    writeFileSync(join(edited, path as string), change(readFileSync(join(edited, path as string), 'utf8')))
    await refused([edited], says)
  })

  test('a missing one; with --allow-partial it is merged, and is not green', async () => {
    await refused(['shards/1', 'shards/3'], 'shard 2/3 is missing; here: 1, 3')
    const ended = await stormproof(folder, ['merge', 'shards/1', 'shards/3', '--allow-partial', '--out=partial', '-v'])
    expect(ended.code).toBe(1)
    expect(ended.out).toContain('? shards  PARTIAL: without shard 2 of 3')
  })

  test('one that did not end', async () => {
    const edited = copied()
    for (const path of Object.keys(bytes(edited)))
      if (path.startsWith('/2/') && path.endsWith('shard.json')) rmSync(join(edited, path))
    await refused([edited], 'shard 2/3 did not end')
  })

  test('a folder without shards is a mistake in usage', async () => {
    const ended = await stormproof(folder, ['merge', 'whole'])
    expect(ended).toMatchObject({ code: 2, error: expect.stringContaining('there is no shard of a campaign in') })
  })

  function copied(): string {
    const edited = join(folder, 'edited')
    rmSync(edited, { recursive: true, force: true })
    cpSync(join(folder, 'shards'), edited, { recursive: true })
    return edited
  }

  async function refused(argv: readonly string[], says: string): Promise<void> {
    const { code, out, error } = await stormproof(folder, ['merge', ...argv, '--out=refused'])
    expect({ code, out }, error).toEqual({ code: 6, out: '' })
    expect(error).toContain(says)
    expect(error).toMatch(/\n {3}→ /)
    expect(existsSync(join(folder, 'refused/latest'))).toBe(false)
  }
})

test('a shard to which nothing falls passes, and belongs to the merge', async () => {
  const few = ['prints', '--trials=2', '--seed=s', '--jobs=1', '--quiet', '--progress=none'] as const
  expect((await stormproof(folder, [...few, '--shard=1/2', '--out=few/1'])).code).toBe(1)
  expect((await stormproof(folder, [...few, '--shard=2/2', '--out=few/2'])).code).toBe(0)
  expect((await stormproof(folder, ['merge', 'few', '--out=joined'])).code).toBe(1)
})
