/** Replay tokens: a repro as one line of text, `v1.` and base64url of a compact text. */

import { hash32 } from './digest.js'
import { StormproofError } from './error.js'
import type { Json } from './json.js'

/** `decisions`: the alternatives that are not the first, by site label; base zero decides everything else. */
export interface Repro {
  readonly scenario: string
  readonly decisions: readonly (readonly [label: string, alternative: string])[]
}

/** The short token of an unshrunk finding: seed, source and preset in place of decisions. */
export interface SeedRepro {
  readonly scenario: string
  readonly seed: string
  readonly source: string
}

const separator = '\n'

/** One line, without blanks: safe in any shell. Begins with a checksum, so that a token cut short is never taken for a smaller one. */
export function encodeToken(repro: Repro | SeedRepro): string {
  const lines =
    'seed' in repro
      ? ['s', escaped(repro.scenario), escaped(repro.seed), escaped(repro.source)]
      : [
          'd',
          escaped(repro.scenario),
          ...repro.decisions.map(
            ([label, alternative]) => `${escaped(label)}=${escaped(alternative).replaceAll('=', '%3D')}`,
          ),
        ]
  return packed(lines)
}

/** What a test of a tool found: a trial of one clause; without the trial, the seed whose cases hold it. */
export interface ToolRepro {
  /** As it was named, relative to where the command was given. */
  readonly file: string
  /** `tools.refundOrder`. */
  readonly exported: string
  readonly clause: string
  readonly seed: number
  readonly trial: Json | undefined
}

export const encodeToolToken = ({ file, exported, clause, seed, trial }: ToolRepro): string =>
  packed([
    't',
    ...[file, exported, clause].map(escaped),
    String(seed),
    ...(trial === undefined ? [] : [escaped(JSON.stringify(trial))]),
  ])

/** Undefined for a token of a scenario. Throws a `corrupt-token` error for what is no token. */
export function decodeToolToken(token: string): ToolRepro | undefined {
  const [kind, file = '', exported = '', clause = '', seed = '', trial] = unpacked(token)
  if (kind !== 't') return undefined
  return {
    ...{ file: restored(file), exported: restored(exported), clause: restored(clause), seed: Number(seed) },
    trial: trial === undefined ? undefined : (JSON.parse(restored(trial)) as Json),
  }
}

function packed(lines: readonly string[]): string {
  const text = lines.join(separator)
  return `v1.${Buffer.from(checksum(text) + text, 'utf8').toString('base64url')}`
}

/** Throws a `corrupt-token` error for anything `encodeToken` did not write. */
export function decodeToken(token: string): Repro | SeedRepro {
  const [kind, scenario, ...rest] = unpacked(token)
  if (kind === 's' && scenario && rest.length === 2)
    return { scenario: restored(scenario), seed: restored(rest[0] as string), source: restored(rest[1] as string) }
  if (kind === 't') throw corrupt(token, 'it is of a tool, not of a scenario', 'npx stormproof replay plays it again')
  if (kind !== 'd' || !scenario) throw corrupt(token, 'what it encodes is not a repro')
  return { scenario: restored(scenario), decisions: rest.map((line) => splitDecision(token, line)) }
}

/** The lines that were packed; whatever was cut short or changed is refused. */
function unpacked(token: string): readonly string[] {
  const body = /^v1\.([A-Za-z0-9_-]+)$/.exec(token.trim())?.[1]
  if (body === undefined) throw corrupt(token, 'it must be `v1.` followed by letters, digits, - and _')
  const bytes = Buffer.from(body, 'base64url')
  const text = bytes.toString('utf8')
  if (bytes.toString('base64url') !== body || checksum(text.slice(checksumLength)) !== text.slice(0, checksumLength))
    throw corrupt(token, 'part of it is missing or changed')
  return text.slice(checksumLength).split(separator)
}

const checksumLength = 4

const checksum = (text: string): string => hash32(text).toString(16).padStart(8, '0').slice(-checksumLength)

/** A seed is any text: what separates lines, or marks what is escaped, is written in hex. */
const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\n', '%0A')

const restored = (text: string): string => text.replaceAll('%3D', '=').replaceAll('%0A', '\n').replaceAll('%25', '%')

function splitDecision(token: string, line: string): readonly [string, string] {
  const at = line.lastIndexOf('=')
  if (at < 1 || at === line.length - 1) throw corrupt(token, 'one of its decisions is cut short')
  return [restored(line.slice(0, at)), restored(line.slice(at + 1))]
}

function corrupt(token: string, why: string, remedy = 'copy the whole `v1.…` line from the finding'): StormproofError {
  const shown = token.length > 40 ? `${token.slice(0, 40)}…` : token
  return new StormproofError('corrupt-token', `the replay token ${JSON.stringify(shown)} cannot be read: ${why}`, {
    remedy,
  })
}
