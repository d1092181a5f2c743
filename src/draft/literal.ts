/** Values as TypeScript source text: whatever a text holds, it stays a text. */

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', "'": "\\'" }

/** Control, format and line-separating characters, private and lone surrogates: what cannot be seen is spelled out. */
const unseen = /[\p{C}\u2028\u2029]/u

/** In single quotes. `</` and `<!--` are broken up, so that the source may stand in a page. */
export function textLiteral(text: string): string {
  let body = ''
  for (const sign of text) body += short[sign] ?? (unseen.test(sign) ? spelled(sign) : sign)
  return `'${body.replaceAll('</', '<\\/').replaceAll('<!--', '<\\!--')}'`
}

const spelled = (sign: string): string =>
  Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

const identifier = /^[A-Za-z_$][\w$]*$/

/** A key of an object literal. `__proto__` in brackets: as it stands it would be the object's prototype. */
export function keyLiteral(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return identifier.test(name) ? name : textLiteral(name)
}

/** What reads a field: `.name` or `['na-me']`. */
export const memberLiteral = (name: string): string => (identifier.test(name) ? `.${name}` : `[${textLiteral(name)}]`)

/** A TypeScript file as an import names it: by the ending of what it compiles to, which every `moduleResolution` takes. */
export const importName = (file: string): string => file.replace(/\.([cm]?)tsx?$/, '.$1js')

const lineWidth = 110

/** A JSON value; on several lines, two spaces deeper each level, where one would be too long. `column` is where it begins. */
export function valueLiteral(value: unknown, indent = '', column = indent.length): string {
  if (typeof value === 'string') return textLiteral(value)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  const inner = `${indent}  `
  const items = Array.isArray(value)
    ? value.map((item) => valueLiteral(item, inner))
    : Object.entries(value).map(([key, field]) => {
        const name = keyLiteral(key)
        return `${name}: ${valueLiteral(field, inner, inner.length + name.length + 2)}`
      })
  return block(Array.isArray(value) ? ['[', ']'] : ['{', '}'], items, indent, column)
}

/** Items in brackets, on one line where they fit. */
export function block(
  [open, close]: readonly [string, string],
  items: readonly string[],
  indent: string,
  column = indent.length,
): string {
  if (items.length === 0) return open + close
  const space = open.endsWith('{') ? ' ' : ''
  const line = `${open}${space}${items.join(', ')}${space}${close}`
  if (column + line.length <= lineWidth && !line.includes('\n')) return line
  return `${open}\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}${close}`
}
