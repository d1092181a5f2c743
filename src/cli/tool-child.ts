/** The process that plays a tool, from outside: started, listened to, and blamed when it ends or stands still. */

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Case } from '../tooltest/run/case.js'
import type { FromToolProcess, Judged, JudgeOrder, Replayed, ReplayOrder } from './tool-message.js'

/** How it ended without an answer. */
export interface ToolDeath {
  readonly kind: 'death'
  readonly why: string
  /** What it was playing; undefined: it had not begun. */
  readonly trial: Case | undefined
  /** For which clause; undefined: for none yet. */
  readonly clause: string | undefined
}

interface Listening {
  /** Real milliseconds without a word after which it counts as stalled. Default 5,000. */
  readonly silenceMs: number | undefined
  /** What the tool writes, which is no part of a report. */
  readonly onText: (text: string) => void
  readonly onMessage: (message: FromToolProcess) => void
  /** Ends it when it aborts. */
  readonly signal: AbortSignal
}

type Wrong = Extract<FromToolProcess, { kind: 'wrong' }>

const entry = fileURLToPath(new URL('./tool-process.js', import.meta.url))
const defaultSilenceMs = 5_000
/** Loading may compile a lot. */
const loadingMs = 60_000

/** It is never left behind, however this ends. */
export function askToolProcess(
  order: JudgeOrder | ReplayOrder,
  { silenceMs = defaultSilenceMs, onText, onMessage, signal }: Listening,
): Promise<Judged | Replayed | Wrong | ToolDeath> {
  const child = fork(entry, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'json' })
  const end = (): void => void child.kill('SIGKILL')
  process.on('exit', end)
  child.stdout?.on('data', (bytes: Buffer) => onText(bytes.toString()))
  child.stderr?.on('data', (bytes: Buffer) => onText(bytes.toString()))
  return new Promise((done) => {
    let trial: Case | undefined
    let clause: string | undefined
    let lastSign = Date.now() + loadingMs - silenceMs
    const give = (answer: Judged | Replayed | Wrong | ToolDeath): void => {
      clearInterval(watch)
      process.off('exit', end)
      signal.removeEventListener('abort', interrupted)
      end()
      done(answer)
    }
    const died = (why: string): void => give({ kind: 'death', why, trial, clause })
    const interrupted = (): void => died('it was interrupted')
    let looked = Date.now()
    const watch = setInterval(
      () => {
        const now = Date.now()
        // Late itself: this process, or the whole machine, slept. That says nothing of the tool.
        if (now - looked > silenceMs / 2) lastSign = now
        looked = now
        if (now - lastSign > silenceMs)
          died(`nothing moved for ${silenceMs / 1000} s of real time: a loop that never yields`)
      },
      Math.min(500, silenceMs / 4),
    )
    signal.addEventListener('abort', interrupted)
    child.on('message', (message: FromToolProcess) => {
      lastSign = Date.now()
      if (message.kind === 'case') trial = message.trial
      if (message.kind === 'begin') clause = message.clause
      if (message.kind === 'judged' || message.kind === 'replayed' || message.kind === 'wrong') give(message)
      else onMessage(message)
    })
    child.on('error', (error) => died(`its process cannot be started: ${error.message}`))
    child.on('exit', (code, name) =>
      died(name ? `its process was ended by ${name}` : `it ended its process with code ${code}`),
    )
    child.send(order)
  })
}
