/** The three wire formats as data: whether a request, an answer or an event of a stream is one that the provider's own documents know. */

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Profile } from '../../src/provider/codec.js'

export type Kind = 'request' | 'answer' | 'event' | 'error'

const definitions: Readonly<Record<Profile, Readonly<Record<Kind, string>>>> = {
  'openai-chat': { request: 'request', answer: 'completion', event: 'chunk', error: 'error' },
  'openai-responses': { request: 'request', answer: 'response', event: 'event', error: 'error' },
  'anthropic-messages': { request: 'request', answer: 'message', event: 'event', error: 'error' },
}

const schemas = new Map<string, z.ZodType>()

/** What in a value is not as the schema has it, one line each with its path; empty when all is. */
export function strayings(profile: Profile, kind: Kind, value: unknown): readonly string[] {
  const { error } = schemaOf(profile, kind).safeParse(value)
  return error === undefined ? [] : z.prettifyError(error).split('\n')
}

function schemaOf(profile: Profile, kind: Kind): z.ZodType {
  const name = `${profile}/${kind}`
  const known =
    schemas.get(name) ?? z.fromJSONSchema({ ...read(profile), $ref: `#/$defs/${definitions[profile][kind]}` })
  schemas.set(name, known)
  return known
}

const read = (profile: Profile): object =>
  JSON.parse(readFileSync(new URL(`schema/${profile}.json`, import.meta.url), 'utf8')) as object
