/** Texts for fields whose names tell what they hold, as people would fill them in. */

import type { Faker } from '@faker-js/faker'
import { faker } from '@faker-js/faker/locale/en'
import fc from 'fast-check'

type Make = (faker: Faker) => string

/** The first whose name fits. */
const kinds: readonly (readonly [RegExp, Make])[] = [
  [/e-?mail/i, (from) => from.internet.email().toLowerCase()],
  [/^(first|given)_?name$/i, (from) => from.person.firstName()],
  [/^(last|family|sur)_?name$/i, (from) => from.person.lastName()],
  [/(^|_)(full_?)?name$|customer$|recipient$|author$/i, (from) => from.person.fullName()],
  [/city|town/i, (from) => from.location.city()],
  [/country/i, (from) => from.location.country()],
  [/street|address/i, (from) => from.location.streetAddress()],
  [/zip|postal/i, (from) => from.location.zipCode()],
  [/phone|mobile|tel$/i, (from) => from.phone.number({ style: 'international' })],
  [/url|link|website/i, (from) => from.internet.url()],
  [/currency/i, (from) => from.finance.currencyCode()],
  [/iban/i, (from) => from.finance.iban()],
  [/company/i, (from) => from.company.name()],
  [/date|day$/i, (from) => from.date.soon().toISOString().slice(0, 10)],
  [/title|subject/i, (from) => from.lorem.words(3)],
  [/text|body|message|description|note|comment|reason/i, (from) => from.lorem.sentence()],
]

/** How many different values of a field are made. */
const variants = 50
const made = new Map<string, readonly string[]>()

/** Undefined for a name that tells nothing. One and the same list for a name, whatever the seed. */
export function namedText(name: string): fc.Arbitrary<string> | undefined {
  const kind = kinds.find(([pattern]) => pattern.test(name))
  if (!kind) return undefined
  const [pattern, make] = kind
  let values = made.get(pattern.source)
  if (!values) {
    values = Array.from({ length: variants }, (_, at) => {
      faker.seed(at + 1)
      faker.setDefaultRefDate('2026-01-01T00:00:00.000Z')
      return make(faker)
    })
    made.set(pattern.source, values)
  }
  return fc.constantFrom(...values)
}
