/** Takes secrets out of whatever is about to be shown: deep, by the name of a field and by what a value looks like. */

const stars = '***'
const secretWord =
  /^(?:api|access|auth|private|secret|client|session|refresh|bearer|card|id|csrf)?(?:key|secret|token|password|passwd|passphrase|pwd|credential|credentials|authorization)$/
/** The same names inside texts: `password=…`, `"api_key": "…"`, `?token=…`. */
const namedInText =
  /((?:^|[^a-z0-9])["']?(?:[a-z0-9]+[_-])*(?:api|access|auth|private|secret|client|session|refresh|card)?(?:key|secret|token|password|passwd|passphrase|pwd)\\?["']?\s*[:=]\s*\\?["']?)([^\s"'&,;})\\]+)/gi
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{4,}/gi, `$1 ${stars}`],
  [/\bsk-[\w-]{4,}/g, stars],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, stars],
  [/\bgh[pousr]_\w{8,}/g, stars],
  [/\beyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*/g, stars],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]+@/gi, `$1${stars}@`],
  [namedInText, `$1${stars}`],
]
const cardLike = /\b\d(?:[ -]?\d){12,18}\b/g
const personal: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[e-mail]'],
  [/(?<![\w.])\+?\d[\d ().-]{7,}\d(?!\w)/g, '[number]'],
]

/** Programs use few names for their fields; whoever makes them up by the thousand must not fill the memory. */
const judged = new Map<string, boolean>()
const mostJudged = 1_000

/** Whether a field of that name holds a secret: `apiKey`, `card_token`; not `monkey`, not `max_tokens`. */
export function isSecretName(name: string): boolean {
  const known = judged.get(name)
  if (known !== undefined) return known
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  const isSecret = words.some((word) => secretWord.test(word))
  if (judged.size >= mostJudged) judged.clear()
  judged.set(name, isSecret)
  return isSecret
}

/**
 * A copy as JSON has it, with `***` in place of every secret: of fields by their name, of texts by their shape, and of the
 * `secrets` that are known, plain or encoded. Never throws, whatever comes.
 */
export function mask(value: unknown, secrets: readonly string[] = []): unknown {
  return masked(value, formsOf(secrets), [])
}

/** Addresses and numbers of people, taken out as well. */
export function redactPersonal(text: string): string {
  return personal.reduce((shown, [pattern, instead]) => shown.replace(pattern, instead), text)
}

/** Every way in which a secret may be written, longest first: so no form leaves the rest of a longer one. */
export function formsOf(secrets: readonly string[]): readonly string[] {
  const forms = secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => {
      const bytes = Buffer.from(secret, 'utf8')
      const base64 = bytes.toString('base64').replace(/=+$/, '')
      const quoted = JSON.stringify(secret).slice(1, -1)
      return [
        secret,
        base64,
        bytes.toString('base64url'),
        bytes.toString('hex'),
        encodeURIComponent(bytes.toString('utf8')),
        quoted,
        [...secret].reverse().join(''),
      ]
    })
  return [...new Set(forms)].sort((one, other) => other.length - one.length)
}

function withoutSecrets(text: string, forms: readonly string[]): string {
  let shown = text
  for (const form of forms) if (shown.includes(form)) shown = shown.replaceAll(form, stars)
  for (const [pattern, instead] of shapes) shown = shown.replace(pattern, instead)
  return shown.replace(cardLike, (digits) => (isCardNumber(digits) ? stars : digits))
}

function masked(value: unknown, forms: readonly string[], above: readonly object[]): unknown {
  if (typeof value === 'string') return withoutSecrets(value, forms)
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number')
    return isCardNumber(String(value)) ? stars : Number.isFinite(value) ? value : String(value)
  if (typeof value !== 'object')
    return value === undefined ? undefined : typeof value === 'bigint' ? `${value}` : `[${typeof value}]`
  if (above.includes(value) || above.length > 32) return '[circular]'
  try {
    return inside(value, forms, [...above, value])
  } catch {
    return '[unreadable]'
  }
}

function inside(value: object, forms: readonly string[], above: readonly object[]): unknown {
  const again = (part: unknown): unknown => masked(part, forms, above)
  if (Array.isArray(value)) return value.map(again)
  if (value instanceof Error)
    return {
      name: value.name,
      message: again(value.message),
      ...(value.cause === undefined ? {} : { cause: again(value.cause) }),
    }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString()
  if (value instanceof Set) return [...value].map(again)
  const fields =
    value instanceof Map ? [...value].map(([key, field]) => [String(key), field] as const) : Object.entries(value)
  return Object.fromEntries(
    fields.map(([name, field]) => [withoutSecrets(name, forms), hides(name, field) ? stars : again(field)]),
  )
}

/** A flag and an empty field have nothing to hide. */
const hides = (name: string, field: unknown): boolean =>
  field !== null && field !== '' && typeof field !== 'boolean' && field !== undefined && isSecretName(name)

/** 13 to 19 digits with Luhn's check digit, not all the same. */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '')
  if (!/^\d{13,19}$/.test(digits) || /^(\d)\1*$/.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (weighed > 9 ? weighed - 9 : weighed)
  }, 0)
  return sum % 10 === 0
}
