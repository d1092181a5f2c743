/** A text of the input stays a text: it chooses no host, no path, no parameter, no field and no command. */

import fc from 'fast-check'
import { marker, textPlaces, withText } from '../input/text-at.js'
import type { CaseHistory, RequestSeen } from '../run/case-history.js'
import { broken, type Clause, doesNotApply, held, type Judgement, skip } from './clause.js'

const attacks = [
  ...['/../../admin', '?admin=true', '&admin=true', '#', '@evil.example/', '/admin', '%2F..%2Fadmin', '\\..\\admin'],
  ...['","admin":true,"x":"', "' OR '1'='1", '; rm -rf /', '$(id)', '\r\nx-admin: true'],
] as const

export const noInjection: Clause = {
  name: 'no-injection',
  says: 'no injection from input to where it decides',
  weight: 2,
  plays: 2,
  beside: ({ facts }) => {
    if (facts.requestsPerCall === 0) return doesNotApply('does not apply: it asks nobody')
    return facts.takesText ? undefined : doesNotApply('does not apply: it takes no text of its own')
  },
  cases: ({ inputs }) =>
    fc.tuple(inputs.plain, fc.nat({ max: 5 }), fc.constantFrom(...attacks)).map(([input, at, attack]) => {
      const places = textPlaces(input)
      const place = places[at % Math.max(1, places.length)]
      if (!place) return []
      const marked = (text: string) => ({ calls: [{ input: withText(input, place, text) }], troubles: [] })
      return [marked(marker), { ...marked(`${marker}${attack}`), about: `a text with ${JSON.stringify(attack)}` }]
    }),
  judge: ([plain, hostile]) => (plain && hostile ? judged(plain, hostile) : skip),
  kept: (exercised) => `${exercised} hostile texts, none decided anything`,
}

function judged(plain: CaseHistory, hostile: CaseHistory): Judgement {
  if (plain.requests.length === 0 || hostile.requests.length === 0) return skip
  for (const [at, request] of hostile.requests.entries()) {
    const usual = plain.requests[at]
    const decided = usual && decidedIn(usual, request)
    if (decided)
      return {
        ...broken(
          `a text of the input ${decided}`,
          'encode it: encodeURIComponent, URLSearchParams, JSON.stringify, bound parameters',
        ),
        shows: [1],
      }
  }
  return held
}

/** What the hostile text decided; undefined: nothing. */
function decidedIn(usual: RequestSeen, hostile: RequestSeen): string | undefined {
  const [one, other] = [new URL(usual.url), new URL(hostile.url)]
  if (one.host !== other.host) return `chooses the host: ${other.host}`
  if (segments(one) !== segments(other)) return `chooses the path: ${other.pathname}`
  if (names(one.searchParams) !== names(other.searchParams)) return `adds parameters: ${other.search}`
  if (one.search === '' ? other.hash !== '' && one.hash === '' : false) return `cuts the address short at #`
  const [body, changed] = [shapeOf(usual.body), shapeOf(hostile.body)]
  if (body.fields !== changed.fields) return 'adds fields to the body of a request'
  const command = changed.commands.find(([name, text]) => {
    const before = body.commands.find(([other]) => other === name)?.[1]
    return before !== undefined && before !== marker && before.includes(marker) && text.includes(attackIn(text))
  })
  return command && `is pasted into \`${command[0]}\``
}

const segments = ({ pathname }: URL): string => String(pathname.split('/').length)
const names = (search: URLSearchParams): string => [...search.keys()].join(' ')

/** The attack as it stands after the marker; what is escaped is none. */
const attackIn = (text: string): string =>
  attacks.find((attack) => text.includes(`${marker}${attack}`)) ?? '\u0000never'

const commandFields = /^(sql|query|statement|command|cmd|script|shell|expression|filter|where)$/i

interface Shape {
  readonly fields: string
  /** Fields that something is carried out from. */
  readonly commands: readonly (readonly [name: string, text: string])[]
}

function shapeOf(body: string): Shape {
  const value = parsed(body)
  if (value === undefined)
    return { fields: /^[\w.[\]%-]+=/.test(body) ? names(new URLSearchParams(body)) : '', commands: [] }
  const commands: (readonly [string, string])[] = []
  return { fields: fieldsOf(value, commands), commands }
}

function fieldsOf(value: unknown, commands: (readonly [string, string])[]): string {
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([name, one]) => {
      if (typeof one === 'string' && commandFields.test(name)) commands.push([name, one])
      return Array.isArray(value) ? fieldsOf(one, commands) : `${name}(${fieldsOf(one, commands)})`
    })
    .join(' ')
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
