import { createHash, generateKeyPair, pbkdf2, pbkdf2Sync, scrypt } from 'node:crypto'
import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, runInThisContext } from 'node:vm'
import { createGzip, gunzip, gzip } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { boundary } from '../../../src/box/boundary.js'
import { installShims } from '../../../src/box/install.js'
import { real } from '../../../src/box/real.js'
import { scopes } from '../../../src/box/scopes.js'
import { box } from '../../../src/box/shared-box.js'
import { emptyWorld, live, scopeOf } from './inhabited-world.js'

installShims()

const folder = mkdtempSync(join(tmpdir(), 'stormproof-'))
const moduleFile = join(folder, 'lazy.mjs')
writeFileSync(
  moduleFile,
  'import { readFile } from "node:fs/promises"; export const text = await readFile(import.meta.filename)',
)
afterAll(() => rmSync(folder, { recursive: true }))

/** Node's own loader, which vitest stands in front of everywhere else. */
const nativeImport = runInThisContext('(file) => import(file)', {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}) as (file: string) => Promise<{ text: Buffer }>
const chunked = (): Response => new Response(new Blob(['{"a":', '1}']).stream())

const digestOf = (bytes: ArrayBuffer): Promise<ArrayBuffer> => crypto.subtle.digest('SHA-256', bytes)

async function signed(): Promise<boolean> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const signature = await crypto.subtle.sign(algorithm, privateKey, new Uint8Array(9))
  return crypto.subtle.verify(algorithm, publicKey, signature, new Uint8Array(9))
}

async function locked(): Promise<string> {
  const algorithm = { name: 'AES-GCM', length: 256, iv: new Uint8Array(12) }
  const key = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt'])
  const raw = await crypto.subtle.exportKey('raw', key)
  const same = await crypto.subtle.importKey('raw', raw, algorithm, false, ['decrypt'])
  const hidden = await crypto.subtle.encrypt(algorithm, key, Buffer.from('secret'))
  return Buffer.from(await crypto.subtle.decrypt(algorithm, same, hidden)).toString()
}

async function derived(): Promise<number> {
  const key = await crypto.subtle.importKey('raw', Buffer.from('a'), 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(8), iterations: 20_000 }
  return (await crypto.subtle.deriveBits(algorithm, key, 64)).byteLength
}

const work: [string, () => Promise<unknown>, unknown?][] = [
  ['pbkdf2', () => promisify(pbkdf2)('a', 'b', 20_000, 8, 'sha256')],
  ['scrypt', () => promisify(scrypt)('a', 'b', 8)],
  ['pbkdf2Sync', async () => pbkdf2Sync('a', 'b', 1, 8, 'sha256').length, 8],
  ['pbkdf2 twice at once', () => Promise.all([1, 2].map(() => promisify(pbkdf2)('a', 'b', 20_000, 8, 'sha256')))],
  ['a pair of keys', async () => (await promisify(generateKeyPair)('ed25519')).publicKey.type, 'public'],
  ['a digest', async () => (await crypto.subtle.digest('SHA-256', new Uint8Array(3))).byteLength, 32],
  ['digests one after the other', async () => (await digestOf(await digestOf(new ArrayBuffer(1e6)))).byteLength, 32],
  ['a key that signs and verifies', signed, true],
  ['a key that locks and unlocks', locked, 'secret'],
  ['derived bits', derived, 8],
  [
    'a digest refused',
    () => crypto.subtle.digest('no-hash', new Uint8Array(3)).catch(({ name }) => name),
    'NotSupportedError',
  ],
  ['a hash', async () => createHash('sha1').update('a').digest('hex').length, 40],
  ['gzip', async () => (await promisify(gunzip)(await promisify(gzip)('squeeze'))).toString(), 'squeeze'],
  ['a gzip stream', async () => (await Readable.from(['a', 'b']).pipe(createGzip()).toArray()).length > 0, true],
  [
    'a compression stream',
    async () =>
      new Response(
        new Blob(['web'])
          .stream()
          .pipeThrough(new CompressionStream('gzip'))
          .pipeThrough(new DecompressionStream('gzip')),
      ).text(),
    'web',
  ],
  ['readFile', async () => (await fs.promises.readFile('package.json')).length > 0, true],
  ['readFile with a callback', async () => (await promisify(fs.readFile)('package.json')).length > 0, true],
  ['a read stream', async () => (await fs.createReadStream('package.json').toArray()).length, 1],
  ['readdir', async () => (await fs.promises.readdir('.')).includes('package.json'), true],
  ['opendir', async () => (await (await fs.promises.opendir('src/box')).read())?.isFile(), true],
  ['a native import', async () => (await nativeImport(moduleFile)).text.length > 0, true],
  ['an import through vitest', async () => typeof (await import('./lazily-imported.js')).answer, 'number'],
  ['json()', async () => (await fetch('https://api.test')).json(), { a: 1 }],
  ['text()', async () => (await fetch('https://api.test')).text(), '{"a":1}'],
  ['arrayBuffer()', async () => (await (await fetch('https://api.test')).arrayBuffer()).byteLength, 7],
  [
    'a response body',
    async () => (await Readable.fromWeb((await fetch('https://api.test')).body as never).toArray()).length > 0,
    true,
  ],
  ['json() of a static response', () => Response.json([1]).json(), [1]],
  ['a form', async () => (await new Response(new URLSearchParams('a=1')).formData()).get('a'), '1'],
  ['a Blob', () => new Blob(['x', 'y']).text(), 'xy'],
  ['a Blob stream', async () => (await new Response(new Blob(['x']).stream()).text()).length, 1],
  ['structuredClone', async () => structuredClone({ a: 1 }), { a: 1 }],
]

describe('native work inside a world', () => {
  it.each(work)('completes while the clock stands still: %s', async (_, job, expected) => {
    const outcome = await live(
      async (world) => {
        let fired = false
        world.timer(1, () => (fired = true))
        const value = await job()
        return { value, fired, at: world.now }
      },
      { network: async () => chunked() },
    )
    const { value, fired, at } = outcome.value as { value: unknown; fired: boolean; at: number }
    expect([outcome.error, outcome.leaks, fired, at]).toEqual([undefined, [], false, 0])
    if (expected !== undefined) expect(value).toEqual(expected)
  })

  it('is not waited for when it was started outside', async () => {
    const slow = promisify(pbkdf2)('a', 'b', 400_000, 8, 'sha512')
    let over = false
    slow.then(() => (over = true))
    await live(() => new Promise((resolve) => setTimeout(resolve, 1)))
    expect(over).toBe(false)
    await slow
  })

  it('of the dead is not waited for', async () => {
    const world = emptyWorld()
    const scope = scopeOf(world)
    await live(() => undefined, { world })
    let over = false
    const slow = scopes.run(scope, () => promisify(pbkdf2)('a', 'b', 400_000, 8, 'sha512'))
    slow.then(() => (over = true))
    await new Promise<void>((resolve) => boundary(resolve))
    expect(over).toBe(false)
    await slow
  })

  it('that never ends is given up after two seconds, and told', async () => {
    const before = real.performanceNow()
    const { leaks, value } = await live(async (world) => {
      box.native.pending.set(-1, { type: 'FSREQCALLBACK', scope: scopes.current()!, outstanding: 1 })
      await new Promise((resolve) => setTimeout(resolve, 1))
      return world.now
    })
    expect(leaks).toMatchObject([{ what: 'native work that never ends (FSREQCALLBACK)', where: '' }])
    expect(value).toBe(1)
    expect(real.performanceNow() - before).toBeGreaterThan(1900)
  })
})
