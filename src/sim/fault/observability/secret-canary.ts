/** A service that lets one of its secrets slip into an answer, where whoever reads it does not look for one. */

import { canonical } from '../../../core/json.js'
import { type ServiceFault, spoil } from '../service-fault.js'

const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  base64: (secret) => Buffer.from(secret, 'utf8').toString('base64'),
  'url-encoded': encodeURIComponent,
}

export const secretCanary: ServiceFault = {
  family: 'observability',
  tolerated: true,
  chosenAs: 'outcome',
  name: 'observability/secret-canary',
  says: 'It happened, and the answer has a field more, in which the service lets a secret slip: on top or within, plain or encoded.',
  on: 'both',
  fits: ({ service }) => service.definition.secrets.length > 0,
  parameters: { where: ['result', 'nested'], form: Object.keys(forms) },
  strike: (struck) =>
    spoil(struck, (value) => {
      const [secret = ''] = struck.service.definition.secrets
      const told = `debug: ${forms[struck.pick('form')]?.(secret) ?? secret}`
      return { kind: 'value', value: slipped(value, struck.pick('where') === 'nested', told) }
    }),
}

/** Within: beside the fields of the first thing that has any. What has no fields at all stays. */
function slipped(value: unknown, isWithin: boolean, told: string): unknown {
  if (Array.isArray(value)) return value.map((item, at) => (at === 0 ? slipped(item, isWithin, told) : item))
  if (typeof value !== 'object' || value === null) return value
  if (!isWithin) return { ...value, detail: told }
  const [name, inner] =
    Object.entries(value).find(([, field]) => canonical(slipped(field, false, told)) !== canonical(field)) ?? []
  return name === undefined ? { ...value, detail: { note: told } } : { ...value, [name]: slipped(inner, false, told) }
}
