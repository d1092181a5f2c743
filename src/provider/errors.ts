/**
 * How each provider fails: one row an error. Sources are in the documentation of the providers and in reports of users;
 * rows marked (unverified) have a status and type that were seen, with a text that was not.
 * `{model}` and `{wait}` (seconds) in a text are filled from the request and the answer.
 */

import type { Profile, ProviderError } from './codec.js'

export interface ErrorRow {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly code?: string
  readonly param?: string
  /** Anthropic's `error.details.error_code`. */
  readonly detail?: string
  /** Written by the proxy in front of the provider, as an HTML page. */
  readonly html?: true
}

export interface ErrorTable {
  readonly byKind: Readonly<Record<ProviderError, ErrorRow>>
  /** Rows of statuses that no kind has, for replies that ask for a status of their own. */
  readonly byStatus: Readonly<Record<number, ErrorRow>>
}

/** Seconds a provider says it wants when the reply names none. */
export const defaultWait = '41.724'

const invalid = 'invalid_request_error'

const openaiKinds: Record<ProviderError, ErrorRow> = {
  'rate-limited': {
    status: 429,
    type: 'tokens',
    code: 'rate_limit_exceeded',
    text: 'Rate limit reached for {model} in organization org-stormproof on tokens per min: Limit 10000, Used 8782, Requested 8172. Please try again in {wait}s.',
  },
  quota: {
    status: 429,
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    text: 'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
  },
  // (text unverified)
  ramp: {
    status: 429,
    type: 'rate_limit_error',
    code: 'slow_down',
    text: 'Your request rate increased too quickly. Please reduce it and ramp up gradually.',
  },
  // (unverified)
  'spend-limit': {
    status: 400,
    type: invalid,
    code: 'billing_hard_limit_reached',
    text: 'Billing hard limit has been reached',
  },
  // (unverified)
  overloaded: { status: 503, type: 'server_error', text: 'The engine is currently overloaded, please try again later' },
  'server-error': {
    status: 500,
    type: 'server_error',
    text: 'The server had an error while processing your request. Sorry about that!',
  },
  // (unverified)
  unavailable: { status: 503, type: 'server_error', text: 'Service Unavailable' },
  'bad-gateway': { status: 502, type: 'server_error', text: '502 Bad Gateway', html: true },
  timeout: { status: 504, type: 'server_error', text: '504 Gateway Time-out', html: true },
  authentication: {
    status: 401,
    type: invalid,
    code: 'invalid_api_key',
    text: 'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
  },
  permission: {
    status: 403,
    type: invalid,
    code: 'model_not_found',
    text: 'Project `proj_stormproof` does not have access to model `{model}`',
  },
  'not-found': {
    status: 404,
    type: invalid,
    code: 'model_not_found',
    text: 'The model `{model}` does not exist or you do not have access to it.',
  },
  'context-length': {
    status: 400,
    type: invalid,
    code: 'context_length_exceeded',
    param: 'messages',
    text: "This model's maximum context length is 4097 tokens. However, your messages resulted in 4294 tokens. Please reduce the length of the messages.",
  },
  // (unverified)
  'output-length': {
    status: 400,
    type: invalid,
    code: 'context_length_exceeded',
    param: 'messages',
    text: "This model's maximum context length is 4097 tokens. However, you requested 4294 tokens (294 in the messages, 4000 in the completion). Please reduce the length of the messages or completion.",
  },
  'invalid-request': { status: 400, type: invalid, text: 'Invalid request.' },
}

// (unverified)
const openaiStatuses: Record<number, ErrorRow> = {
  402: { status: 402, type: invalid, text: 'Payment required.' },
  408: { status: 408, type: invalid, text: 'Request timed out.' },
  409: { status: 409, type: invalid, text: 'The resource was changed by another request. Please try again.' },
  413: { status: 413, type: invalid, text: 'Maximum content size limit exceeded.' },
  422: { status: 422, type: invalid, text: 'The request could not be processed.' },
}

const anthropicKinds: Record<ProviderError, ErrorRow> = {
  'rate-limited': {
    status: 429,
    type: 'rate_limit_error',
    text: "This request would exceed your organization's rate limit of 30,000 input tokens per minute. Please reduce the prompt length or the maximum tokens requested, or try again later.",
  },
  quota: {
    status: 429,
    type: 'rate_limit_error',
    detail: 'enforced_spend_limit_reached',
    text: 'Your organization has reached its spend limit for this month.',
  },
  // (text unverified)
  ramp: {
    status: 429,
    type: 'rate_limit_error',
    detail: 'ramp_limit_exceeded',
    text: 'Your request rate increased too quickly. Please ramp up gradually, or try again later.',
  },
  // (text unverified)
  'spend-limit': { status: 400, type: invalid, text: 'You have reached your specified API usage limits.' },
  overloaded: { status: 529, type: 'overloaded_error', text: 'Overloaded' },
  'server-error': { status: 500, type: 'api_error', text: 'Internal server error' },
  // (unverified)
  unavailable: { status: 503, type: 'api_error', text: 'Service Unavailable' },
  'bad-gateway': { status: 502, type: 'api_error', text: '502 Bad Gateway', html: true },
  // (unverified)
  timeout: { status: 504, type: 'timeout_error', text: 'Request timed out.' },
  authentication: { status: 401, type: 'authentication_error', text: 'invalid x-api-key' },
  permission: {
    status: 403,
    type: 'permission_error',
    text: 'Your API key does not have permission to use the specified resource.',
  },
  'not-found': { status: 404, type: 'not_found_error', text: 'model: {model}' },
  'context-length': { status: 400, type: invalid, text: 'prompt is too long: 205351 tokens > 200000 maximum' },
  'output-length': {
    status: 400,
    type: invalid,
    text: 'input length and `max_tokens` exceed context limit: 199759 + 8192 > 200000, decrease input length or `max_tokens` and try again',
  },
  'invalid-request': { status: 400, type: invalid, text: 'Invalid request' },
}

// (unverified)
const anthropicStatuses: Record<number, ErrorRow> = {
  402: { status: 402, type: 'billing_error', text: 'There is an issue with your billing or payment information.' },
  408: { status: 408, type: 'timeout_error', text: 'Request timed out.' },
  409: { status: 409, type: 'conflict_error', text: 'The request conflicts with another request.' },
  413: { status: 413, type: 'request_too_large', text: 'Request exceeds the maximum size' },
  422: { status: 422, type: invalid, text: 'The request could not be processed.' },
}

const errorTables: Readonly<Record<Profile, ErrorTable>> = {
  'openai-chat': { byKind: openaiKinds, byStatus: openaiStatuses },
  'openai-responses': {
    byKind: {
      ...openaiKinds,
      'context-length': {
        status: 400,
        type: invalid,
        code: 'context_length_exceeded',
        param: 'input',
        text: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
      },
    },
    byStatus: openaiStatuses,
  },
  'anthropic-messages': { byKind: anthropicKinds, byStatus: anthropicStatuses },
}

/**
 * The row of a reply. A status of its own keeps the row of its error where the two agree, else takes the row of that status,
 * else is spoken of in the profile's most general words.
 */
export function errorRow(profile: Profile, error: ProviderError, status?: number): ErrorRow {
  const table = errorTables[profile]
  const row = table.byKind[error]
  if (status === undefined || status === row.status) return row
  const other = table.byStatus[status] ?? Object.values(table.byKind).find((each) => each.status === status)
  return other ?? { ...table.byKind[status < 500 ? 'invalid-request' : 'server-error'], status }
}
