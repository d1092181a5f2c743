/** Schemas as their authors wrote them: Standard Schema to validate, JSON Schema to show a model. */

import type { StandardSchemaV1 } from '@standard-schema/spec'
import { StormproofError } from './error.js'
import { type Json, sameCanonical } from './json.js'

export type Schema<T = any> = StandardSchemaV1<any, T>
export type InferOut<S> = S extends StandardSchemaV1 ? StandardSchemaV1.InferOutput<S> : never

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly string[] }

/** Validates without coercion: a value that its schema would change (default, transform, dropped key) is refused. */
export function checkStrict<T>(schema: Schema<T>, value: unknown): Checked<T> {
  const checked = check(schema, value)
  if (!checked.ok) return checked
  if (!sameCanonical(checked.value, value))
    return { ok: false, issues: ['unknown or missing fields: the schema would change the value'] }
  return checked
}

/** Validates as the schema's author meant it, transforms and defaults included. */
export function check<T>(schema: Schema<T>, value: unknown): Checked<T> {
  const result = schema['~standard'].validate(value)
  if (result instanceof Promise)
    throw new StormproofError('scenario', 'a schema that validates asynchronously cannot be used in a simulation', {
      remedy: 'use a schema that answers at once',
    })
  if (!result.issues) return { ok: true, value: result.value as T }
  return { ok: false, issues: result.issues.map((issue) => `${issuePath(issue)}${issue.message}`) }
}

function issuePath(issue: StandardSchemaV1.Issue): string {
  if (!issue.path?.length) return ''
  return `${issue.path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')}: `
}

/** The JSON Schema a schema carries (`~standard.jsonSchema`, zod 4 has it); undefined where it carries none. */
export function toJsonSchema(schema: Schema): Json | undefined {
  const standard = schema['~standard'] as { jsonSchema?: { input(options: { target: string }): unknown } }
  if (!standard.jsonSchema) return undefined
  return standard.jsonSchema.input({ target: 'draft-2020-12' }) as Json
}

export const isSchema = (value: unknown): value is Schema =>
  typeof (value as Partial<Schema> | undefined)?.['~standard']?.validate === 'function'
