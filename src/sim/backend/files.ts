/** A store of text files: written whole or, where that is not atomic, perhaps by half. No path leads out of it. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { defineBackend } from '../define-backend.js'
import { nonceOf } from './nonce.js'
import { type BackendOptions, place } from './options.js'
import { missing, outdated } from './refusal.js'

export interface StoredFile {
  readonly path: string
  readonly text: string
  /** Another after each change. */
  readonly etag: string
}

export interface FileOptions extends BackendOptions {
  /** What is there from the beginning, by path. */
  readonly files?: Readonly<Record<string, string>>
  /** Whether a write that breaks leaves nothing behind; if not, it may leave the first half of the text. Default true. */
  readonly atomic?: boolean
}

type Files = Map<string, StoredFile>
type Put = { path: string; text: string; ifMatch?: string | undefined }

const path = z.string().refine(isInside, {
  error:
    'a path has names between slashes, such as notes/a.txt: none of them empty, . or .., no backslash, nothing encoded',
})
const ifMatch = z.string().optional()

const about = ({ path }: { path: string }): readonly string[] => [path]
const bothPaths = ({ from, to }: { from: string; to: string }): readonly string[] => [from, to]

/**
 * Text files by path. A path that leads out of the store, or might for whoever decodes it, is refused (400). `write` and `remove`
 * with `ifMatch` are refused (412) when somebody was faster; without it the last writer wins.
 */
export function files(options: FileOptions = {}): Backend<
  { files: Files },
  {
    write: Operation<'write', Put, { etag: string }>
    append: Operation<'write', { path: string; text: string }, { etag: string }>
    move: Operation<'write', { from: string; to: string }, { etag: string }>
    remove: Operation<'write', { path: string; ifMatch?: string | undefined }, { removed: true }>
    read: Operation<'read', { path: string }, { file: StoredFile | null }>
    list: Operation<'read', { under?: string | undefined }, { paths: readonly string[] }>
  }
> {
  const keyed = options.keyed ?? true
  const partial = options.atomic === false ? halved : () => undefined
  const backend = defineBackend({
    name: 'files',
    ...place(options),
    state: () => ({ files: filesFrom(options.files ?? {}) }),
    operations: ({ read, write }) => ({
      write: write({
        http: 'PUT /file',
        input: z.object({ path, text: z.string(), ifMatch }),
        once: ({ path, text }) => `${path}: ${text}`,
        ...{ about, keyed, partial },
        apply: ({ files }, { path, text, ifMatch }) => {
          if (ifMatch !== undefined) present(files, path, ifMatch)
          return kept(files, path, text)
        },
        rival: edited,
      }),
      append: write({
        http: 'POST /file/lines',
        input: z.object({ path, text: z.string() }),
        ...{ about, adds: true, keyed, partial },
        apply: ({ files }, { path, text }) => kept(files, path, `${files.get(path)?.text ?? ''}${text}`),
        rival: edited,
      }),
      move: write({
        http: 'POST /file/move',
        input: z.object({ from: path, to: path }),
        ...{ about: bothPaths, keyed },
        apply: ({ files }, { from, to }) => kept(files, to, taken(files, from).text),
        rival: ({ files }, { from }) => void files.delete(from),
      }),
      remove: write({
        http: 'DELETE /file',
        input: z.object({ path, ifMatch }),
        once: ({ path }) => path,
        ...{ about, keyed },
        apply: ({ files }, { path, ifMatch }) => {
          taken(files, path, ifMatch)
          return { removed: true } as const
        },
        rival: ({ files }, { path }) => void files.delete(path),
      }),
      read: read({
        http: 'GET /file',
        ...{ input: z.object({ path }), about },
        answer: ({ files }, { path }) => ({ file: files.get(path) ?? null }),
      }),
      list: read({
        http: 'GET /files',
        input: z.object({ under: path.optional() }),
        answer: ({ files }, { under }) => ({
          paths: [...files.keys()].filter((path) => under === undefined || path.startsWith(`${under}/`)).sort(),
        }),
      }),
    }),
  })
  return backend as never
}

function filesFrom(texts: Readonly<Record<string, string>>): Files {
  const files: Files = new Map()
  for (const [path, text] of Object.entries(texts)) kept(files, path, text)
  return files
}

/** An encoded dot or slash is refused too: some store behind this one will decode it. */
function isInside(path: string): boolean {
  return !/[\\\p{Cc}]|%(?:2e|2f|5c|00)/iu.test(path) && path.split('/').every((name) => !['', '.', '..'].includes(name))
}

function halved<I extends { readonly text: string }>(input: I): I | undefined {
  const half = Math.ceil(input.text.length / 2)
  return half < input.text.length ? { ...input, text: input.text.slice(0, half) } : undefined
}

function kept(files: Files, path: string, text: string): { etag: string } {
  const etag = nonceOf(path, text, files.get(path)?.etag ?? '')
  files.set(path, { path, text, etag })
  return { etag }
}

/** Somebody else adds a line. */
function edited({ files }: { readonly files: Files }, { path }: { readonly path: string }): void {
  kept(files, path, `${files.get(path)?.text ?? ''}(by somebody else)\n`)
}

function present(files: Files, path: string, ifMatch?: string): StoredFile {
  const file = files.get(path)
  if (file === undefined) throw missing(`file ${path}`)
  if (ifMatch !== undefined && file.etag !== ifMatch) throw outdated(`file ${path}`, file.etag, ifMatch)
  return file
}

function taken(files: Files, path: string, ifMatch?: string): StoredFile {
  const file = present(files, path, ifMatch)
  files.delete(path)
  return file
}
