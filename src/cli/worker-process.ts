/** One worker process: started, asked, watched, and started again when it dies or stands still. */

import { type ChildProcess, fork } from 'node:child_process'
import { StormproofError } from '../core/error.js'
import type { HandsAnswer, HandsRequest } from '../explore/serve.js'
import type { FromWorker, Loaded, LoadOrder } from './worker-message.js'

interface WorkerOptions {
  /** The module that answers, compiled. */
  readonly entry: string
  readonly order: LoadOrder
  /** Real milliseconds without a sign of life after which a worker counts as hung. Default 5,000. */
  readonly silenceMs?: number
  readonly execArgv?: readonly string[]
  readonly onError: (text: string) => void
}

/** Why a worker is gone. */
export interface Death {
  readonly kind: 'hang' | 'exit'
  readonly text: string
}

export class WorkerDeath extends Error {
  readonly death: Death

  constructor(death: Death) {
    super(death.text)
    this.death = death
  }
}

interface Waiting {
  readonly resolve: (answer: HandsAnswer) => void
  readonly reject: (death: WorkerDeath) => void
}

/** A worker in an endless loop hears of nothing: it must not outlive the command line, however that ends. */
const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/**
 * One thread a process: V8's parallel collector would take the core of the other worker. Nothing is allocated as old: V8 learns from the
 * first trials, before they are fast, that their objects live long, and what is born old keeps the dead of a hundred trials, for half of
 * the speed. And a heap that is collected when it has grown by half, not to four times its size: trials leave nothing behind.
 */
export const workerFlags: readonly string[] = [
  '--single-threaded',
  '--no-allocation-site-pretenuring',
  '--heap-growing-percent=50',
]

const defaultSilenceMs = 5000

/** Until our own modules stand nothing is the user's fault: a busy machine may take so long. */
const startLimitMs = 60_000

/** Loading may compile a lot: it is given so many times the silence of a trial. */
const loadingShare = 12

/** A check that takes so much of the silence is at fault, not the trial. */
const checksShare = 4

export class WorkerProcess {
  readonly #options: WorkerOptions
  readonly #waiting = new Map<number, Waiting>()
  #child: ChildProcess | undefined
  #loading: Promise<Loaded> | undefined
  #lastSign = 0
  #looked = 0
  #watch: NodeJS.Timeout | undefined
  #killed: Death | undefined
  #ready = false
  /** It has stood still before: then its checks are timed, as they may be to blame. */
  #stoodStill = false

  constructor(options: WorkerOptions) {
    this.#options = options
  }

  /** Starts the process where none is alive. Rejects with a `WorkerDeath` when it dies while it loads. */
  load(): Promise<Loaded> {
    this.#loading ??= this.#start()
    return this.#loading
  }

  /** Rejects with a `WorkerDeath` when the worker dies or stands still before it answers; the next request starts another. */
  async exchange(request: HandsRequest): Promise<HandsAnswer> {
    await this.load()
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject })
      this.#heard()
      this.#child?.send({ kind: 'request', request })
    })
  }

  async stop(): Promise<void> {
    const child = this.#child
    clearInterval(this.#watch)
    this.#child = undefined
    this.#loading = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGKILL')
    })
  }

  #start(): Promise<Loaded> {
    const { entry, order, onError, execArgv = workerFlags } = this.#options
    this.#killed = undefined
    this.#ready = false
    const child = fork(entry, [], {
      execArgv: [...execArgv],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'json',
    })
    this.#child = child
    // Whatever escapes the capture of a trial (modules that print while they load) is no part of a report.
    child.stdout?.on('data', (bytes: Buffer) => onError(bytes.toString()))
    child.stderr?.on('data', (bytes: Buffer) => onError(bytes.toString()))
    this.#allow(startLimitMs)
    this.#looked = Date.now()
    this.#watch = setInterval(() => this.#look(), Math.min(1000, this.#silence / 4))
    children.add(child)
    return new Promise((resolve, reject) => {
      child.on('message', (message: FromWorker) => {
        if (message.kind === 'loaded') this.#ready = true
        this.#heard()
        if (message.kind === 'up') this.#allow(loadingShare * this.#silence)
        if (message.kind === 'loaded') resolve(message)
        if (message.kind === 'answer') this.#answered(message.answer)
      })
      child.on('error', (error) =>
        reject(new StormproofError('internal', `a worker process cannot be started: ${error.message}`)),
      )
      child.on('exit', (code, signal) => {
        const death = this.#killed ?? {
          kind: 'exit',
          text: signal
            ? `the worker process was ended by ${signal}`
            : `the code under test ended its process with code ${code}`,
        }
        children.delete(child)
        if (this.#child === child) this.#gone()
        reject(new WorkerDeath(death))
        this.#failAll(death)
      })
      child.send(this.#stoodStill ? { ...order, checkLimitMs: this.#silence / checksShare } : order)
    })
  }

  #answered(answer: HandsAnswer): void {
    this.#waiting.get(answer.id)?.resolve(answer)
    this.#waiting.delete(answer.id)
  }

  /** A worker that computes still answers pings between two steps of a trial; one in an endless loop does not. */
  #look(): void {
    const silence = this.#silence
    const now = Date.now()
    // Late itself: this process, or the whole machine, slept. That says nothing of the worker.
    if (now - this.#looked > silence / 2) this.#lastSign = Math.max(this.#lastSign, now)
    this.#looked = now
    if (now - this.#lastSign > silence) {
      this.#stoodStill = true
      this.#killed = {
        kind: 'hang',
        text: `nothing moved for ${silence / 1000} s of real time: a loop that never yields`,
      }
      this.#child?.kill('SIGKILL')
      return
    }
    if (this.#waiting.size > 0) this.#child?.send({ kind: 'ping' })
    else if (this.#ready) this.#heard()
  }

  get #silence(): number {
    return this.#options.silenceMs ?? defaultSilenceMs
  }

  #heard(): void {
    this.#lastSign = Date.now()
  }

  /** Nothing need be heard for so long. */
  #allow(limitMs: number): void {
    this.#lastSign = Date.now() + limitMs - this.#silence
  }

  #gone(): void {
    clearInterval(this.#watch)
    this.#child = undefined
    this.#loading = undefined
  }

  #failAll(death: Death): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(new WorkerDeath(death))
  }
}
