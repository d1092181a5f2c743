/** A campaign whose machine dies in the middle: what was done is not done again, and the end is as if nothing had happened. */

import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { build, campaign, project, record, stormproof, trials } from './stormproof.js'

beforeAll(build, 90_000)

const asked = ['throws-in-storms', 'throws-always', '--trials=1600', '--time=5m', '--reproducible'] as const
const parts = (folder: string): readonly string[] => {
  const file = join(campaign(folder), 'parts.ndjson')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
}
/** Every file that a campaign left, by its name. */
const left = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(campaign(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')]),
  )

/** Runs until so many parts have ended and the next one has begun, and dies as a machine does. */
async function cutShort(folder: string, after: number, words: readonly string[] = asked): Promise<number> {
  let was = 0
  await stormproof(folder, [...words, '--progress=bar'], (child) => {
    const now = existsSync(join(folder, '.stormproof/campaigns')) ? parts(folder).length : 0
    if (now === after && was === after) child.kill('SIGKILL')
    was = now
  })
  return parts(folder).length
}

describe('a campaign that was killed', () => {
  test('goes on from the last part that had ended, once and again, and comes to the same bytes as one that was not', async () => {
    const whole = project(['throws'])
    const once = await stormproof(whole, asked)
    const folder = project(['throws'])
    expect(await cutShort(folder, 1)).toBe(1)
    expect(existsSync(join(campaign(folder), 'record.json'))).toBe(false)
    // The line that was being written, and trials of a part that did not end.
    appendFileSync(join(campaign(folder), 'parts.ndjson'), '{"scenario":"throws-in-st')
    appendFileSync(join(campaign(folder), 'trials.ndjson'), '{"half":')
    const [first] = parts(folder)
    expect(await cutShort(folder, 3, ['resume'])).toBe(3)
    expect(parts(folder)[0]).toBe(first)
    const { code, out } = await stormproof(folder, ['resume'])
    expect(code).toBe(once.code)
    expect(out).toBe(once.out)
    expect(left(folder)).toEqual(left(whole))
    expect(trials(folder).length).toBe(trials(whole).length)
  })

  test('by Ctrl-C: it says how to go on, and the record that was partial becomes whole', async () => {
    const folder = project(['throws'])
    let pressed = false
    const { code, error } = await stormproof(folder, [...asked, '--progress=bar'], (child, text) => {
      if (!pressed && /throws-in-storms {2}[6-9]\d\d\/1/.test(text)) pressed = child.kill('SIGINT')
    })
    expect(code).toBe(130)
    expect(error).toContain('npx stormproof resume goes on with it')
    expect(record(folder).result).toBe('interrupted')
    const storms = (): number => record(folder).scenarios.find(({ name }) => name === 'throws-in-storms')?.storms ?? 0
    const before = storms()
    expect(parts(folder)).not.toEqual([])
    const after = await stormproof(folder, ['resume'])
    expect(after.code).not.toBe(130)
    expect(record(folder).scenarios.map(({ result }) => result)).not.toContain('interrupted')
    expect(storms()).toBe(1600)
    expect(before).toBeLessThan(1600)
  })
})

describe('a campaign cannot go on', () => {
  test('where none was cut short, and where the named one is none or has ended', async () => {
    const folder = project(['throws'])
    const none = await stormproof(folder, ['resume'])
    expect(none).toMatchObject({ code: 2, error: expect.stringContaining('was cut short') })
    const strange = await stormproof(folder, ['resume', 'nowhere'])
    expect(strange).toMatchObject({ code: 2, error: expect.stringContaining('there is no campaign in') })
    await stormproof(folder, ['throws-always', '--trials=1'])
    const ended = await stormproof(folder, ['resume', campaign(folder)])
    expect(ended).toMatchObject({ code: 2, error: expect.stringContaining('came to its end') })
  })

  test('once the code has changed, or stormproof has', async () => {
    const folder = project(['throws'])
    await cutShort(folder, 1)
    const file = join(campaign(folder), 'manifest.json')
    const manifest = readFileSync(file, 'utf8')
    writeFileSync(file, manifest.replace(/"stormproof": "[^"]+"/, '"stormproof": "0.0.1"'))
    const other = await stormproof(folder, ['resume'])
    expect(other).toMatchObject({ code: 2, error: expect.stringContaining('stormproof was 0.0.1 then') })
    writeFileSync(file, manifest)
    const done = join(campaign(folder), 'parts.ndjson')
    writeFileSync(done, readFileSync(done, 'utf8').replace(/"fingerprint":"[^"]+"/, '"fingerprint":"other"'))
    const changed = await stormproof(folder, ['resume'])
    expect(changed).toMatchObject({ code: 2, error: expect.stringContaining('is not what it was') })
    writeFileSync(file, manifest.replaceAll('throws-in-storms', 'throws-no-more'))
    const gone = await stormproof(folder, ['resume'])
    expect(gone).toMatchObject({ code: 2, error: expect.stringContaining('has no scenario throws-no-more any more') })
  })
})
