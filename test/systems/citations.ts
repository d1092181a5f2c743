/** Which files cite which systems: `seed-<n>`, or a range `seed-<n>..<m>`, in the title of a test or in a comment. */

import type { SourceFile } from '../tidy/source-file.js'

export interface Citation {
  readonly number: number
  readonly file: string
  readonly line: number
}

/** All citations of the tests and scenarios among these files, file by file, a number at most once a line. */
export const citationsIn = (files: readonly SourceFile[]): readonly Citation[] =>
  files.filter((file) => file.isCode && file.isIn(['test', 'scenarios'])).flatMap(citationsOf)

const citation = /\bseed-(\d+)(?:\.\.(\d+))?/g

function citationsOf({ path, text }: SourceFile): readonly Citation[] {
  return text.split('\n').flatMap((line, index) => {
    const numbers = [...line.matchAll(citation)]
      .filter((found) => isComment(line.slice(0, found.index)) || isTitle(line.slice(found.index)))
      .flatMap(([, first, last]) => range(Number(first), Number(last ?? first)))
    return [...new Set(numbers)].map((number) => ({ number, file: path, line: index + 1 }))
  })
}

const isComment = (before: string): boolean => /^\s*\*|\/\*|(?<!:)\/\//.test(before)

/** In a title a colon parts the citations from the sentence; the name of a session, say, has none before its quote ends. */
const isTitle = (rest: string): boolean => /^[^'"`]*:/.test(rest)

/** Both ends included; one that runs backwards means what it says the other way round. */
function range(first: number, last: number): readonly number[] {
  const least = Math.min(first, last)
  return Array.from({ length: Math.abs(last - first) + 1 }, (_, index) => least + index)
}
