import { execSync, spawn } from 'node:child_process'
import dns from 'node:dns'
import fs, { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { promisify } from 'node:util'
import { runInThisContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, it } from 'vitest'
import { callSite, userFrame } from '../../../src/box/call-site.js'
import { installShims } from '../../../src/box/install.js'
import { scopes } from '../../../src/box/scopes.js'
import { isStormproofError } from '../../../src/core/error.js'
import { live } from './inhabited-world.js'

installShims()

const folder = mkdtempSync(join(tmpdir(), 'stormproof-'))
const file = join(folder, 'note.txt')
afterAll(() => rmSync(folder, { recursive: true }))

const escapes: [string, () => unknown][] = [
  ['a socket to localhost:5432', () => net.connect(5432)],
  ['a socket to db.test:5432', () => new net.Socket().connect({ host: 'db.test', port: 5432 })],
  ['a socket to /tmp/s.sock', () => net.connect('/tmp/s.sock')],
  ['a TLS socket to redis.test:6379', () => tls.connect(6379, 'redis.test')],
  ['a request to http://api.test/v1', () => http.get('http://api.test/v1')],
  ['a request to http://api.test/v2', () => http.request({ host: 'api.test', path: '/v2' })],
  ['a name look-up of api.test', () => dns.lookup('api.test', () => {})],
  ['a name look-up of api.test', () => dns.promises.resolve4('api.test')],
  ['a child process (ls)', () => spawn('ls')],
  ['a child process (ls -l)', () => execSync('ls -l')],
  ['a worker thread (./worker.js)', () => new Worker('./worker.js')],
  ['a server', () => net.createServer().listen(0)],
  [`writing the file ${file}`, () => writeFileSync(file, 'x')],
  [`writing the file ${file}`, () => fs.promises.writeFile(file, 'x')],
  [`writing the file ${file}`, () => promisify(fs.appendFile)(file, 'x')],
  [`writing the file ${file}`, () => fs.openSync(file, 'w')],
  [`writing the file ${file}`, () => fs.promises.open(file, fs.constants.O_CREAT)],
  [`writing the file ${file}`, () => fs.createWriteStream(file)],
]

describe('a strict world', () => {
  it.each(escapes)('refuses %s, and says where', async (what, attempt) => {
    const { leaks, error } = await live(attempt)
    expect(leaks.map((leak) => leak.what)).toEqual([what])
    expect(leaks[0]?.where).toMatch(/^test\/unit\/box\/leaks\.test\.ts:\d+$/)
    expect(isStormproofError(error) && error.code).toBe('leak')
    expect(isStormproofError(error) && error.remedy).toMatch(/client.*mock.*backend/)
    expect(existsSync(file)).toBe(false)
  })

  it('allows reading', async () => {
    const { leaks, value } = await live(async () => [
      fs.readFileSync('package.json', 'utf8').length,
      (await fs.promises.readFile('package.json', 'utf8')).length,
      fs.openSync('package.json', 'r'),
    ])
    expect(leaks).toEqual([])
    expect((value as number[])[0]).toBe((value as number[])[1])
    fs.closeSync((value as number[])[2] as number)
  })

  it('allows jiti to keep what it compiled', async () => {
    const filename = join(folder, 'node_modules/jiti/dist/jiti.cjs')
    const keep = runInThisContext('(fs, file) => fs.writeFileSync(file, "compiled")', { filename })
    const { leaks } = await live(() => keep(fs, file))
    expect([leaks, readFileSync(file, 'utf8')]).toEqual([[], 'compiled'])
    rmSync(file)
  })

  it('lets requests of node:http through to whoever answers them, but no socket', async () => {
    const request = (): unknown => http.request({ host: 'api.test', port: 81, lookup: () => {} })
    const { leaks } = await live(request, { nodeHttp: true })
    expect(leaks.map((leak) => leak.what)).toEqual(['a socket to api.test:81'])
  })
})

describe('node:http once somebody answers', () => {
  it('is answered, also where an agent took the function before and holds on to it', async () => {
    const { request } = http
    const seen: unknown[] = []
    http.request = new Proxy(request, {
      apply: (ours, self, [url, ...rest]) => {
        seen.push(url)
        return Reflect.apply(ours, self, ['data:,unheard', ...rest])
      },
    })
    const { error } = await live(() => request('http://api.test/a'), { nodeHttp: true })
    expect(() => request('data:,outside')).toThrow('not supported')
    http.request = request
    expect([seen, (error as Error).message]).toEqual([['http://api.test/a'], expect.stringContaining('not supported')])
  })
})

describe('a world that warns', () => {
  it('tells of the leak and lets it go on', async () => {
    const { leaks, error } = await live(() => writeFileSync(file, 'real'), { leaks: 'warn' })
    expect([leaks.length, error, readFileSync(file, 'utf8')]).toEqual([1, undefined, 'real'])
    rmSync(file)
  })
})

describe('the dead', () => {
  it('execute nothing, and nobody is told', async () => {
    const { scope, leaks } = await live(() => undefined, { leaks: 'warn' })
    scopes.run(scope, () => {
      expect(() => writeFileSync(file, 'x')).toThrow('inside a simulation')
      expect(() => net.connect(1)).toThrow('inside a simulation')
    })
    expect([leaks, existsSync(file)]).toEqual([[], false])
  })
})

describe('outside', () => {
  it('everything is real', async () => {
    writeFileSync(file, 'real')
    expect(readFileSync(file, 'utf8')).toBe('real')
    expect(execSync('echo real').toString()).toBe('real\n')
    const worker = new Worker('process.exit(0)', { eval: true })
    expect(worker).toBeInstanceOf(Worker)
    await new Promise((resolve) => worker.once('exit', resolve))
  })
})

describe('a call site', () => {
  it('is the first frame of the user’s, relative to the working directory', () => {
    expect(callSite()).toMatch(/^test\/unit\/box\/leaks\.test\.ts:\d+$/)
  })

  it('skips Node, packages and ourselves, and reads file URLs and async frames', () => {
    const stack = [
      'Error',
      `    at callSite (${process.cwd()}/src/box/call-site.ts:1:1)`,
      `    at Socket.connect (node:net:123:4)`,
      `    at connect (file://${process.cwd()}/node_modules/pg/lib/client.js:5:6)`,
      `    at async query (file://${process.cwd()}/app/(shop)/db.ts?v=1:42:7)`,
      `    at later (${process.cwd()}/app/other.ts:1:1)`,
    ].join('\n')
    expect(userFrame(stack)).toBe('app/(shop)/db.ts:42')
    expect(userFrame('Error\n    at node:internal:1:1')).toBe('')
  })
})
