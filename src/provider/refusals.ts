/**
 * What each provider says to a request that it refuses, and how strictly it pairs calls with results: one row a reason.
 * `{name}` in a row is filled from the request. Sources are reports of users who met the text; rows marked (unverified) have one
 * that nobody was seen to quote.
 */

import type { PairingRules } from '../core/pairing.js'
import type { ErrorReply, Profile } from './codec.js'

interface Refusal {
  readonly text: string
  /** OpenAI only. */
  readonly param?: string
  readonly code?: string
}

/** All of them refuse a call without its result, a result without its call, and an empty id. */
export const strictness: Readonly<Record<Profile, PairingRules>> = {
  /** All results stand in the one message after their calls, and before its text. */
  'anthropic-messages': { uniqueCalls: true, uniqueResults: true, systemFirst: true },
  /** Results stand in the messages after their calls. Two calls of one id are served, two answers to one id are not. */
  'openai-chat': { uniqueCalls: false, uniqueResults: true, systemFirst: false },
  /** A result belongs to its call wherever it stands. */
  'openai-responses': { uniqueCalls: false, uniqueResults: false, systemFirst: false },
}

const openai = {
  'not-json': {
    text: "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)",
  },
  absent: {
    text: "Missing required parameter: '{name}'.",
    param: '{name}',
    code: 'missing_required_parameter',
  },
  'empty-list': {
    text: "Invalid '{name}': empty array. Expected an array with minimum length 1, but got an empty array instead.",
    param: '{name}',
    code: 'empty_array',
  },
  'empty-id': {
    text: "Invalid '{place}': empty string. Expected a string with minimum length 1, but got an empty string instead.",
    param: '{place}',
    code: 'empty_string',
  },
} as const satisfies Record<string, Refusal>

export const chatRefusals = {
  ...openai,
  'no-model': { text: 'you must provide a model parameter' },
  'unknown-role': {
    text: "Invalid value: '{role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.",
    param: 'messages[{at}].role',
    code: 'invalid_value',
  },
  // litellm#10083
  'missing-results': {
    text: "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: {ids}",
    param: 'messages',
  },
  // (unverified)
  'orphan-result': {
    text: "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    param: 'messages.[{at}].role',
  },
  // (unverified)
  'answered-twice': {
    text: "Invalid parameter: Duplicate value for 'tool_call_id' of '{id}', in messages[{first}] and messages[{second}].",
    param: 'messages.[{second}].tool_call_id',
  },
} as const satisfies Record<string, Refusal>

export const responsesRefusals = {
  ...openai,
  'no-input': {
    text: 'One of "input" or "previous_response_id" or \'prompt\' or \'conversation_id\' must be provided.',
    param: 'input',
    code: 'missing_required_parameter',
  },
  // GhidrAssist#78
  'missing-results': { text: 'No tool output found for function call {id}.', param: 'input' },
  // vscode#320060
  'orphan-result': { text: 'No tool call found for function call output with call_id {id}.', param: 'input' },
  'lost-item': {
    text: "Item with id '{id}' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.",
    param: 'input',
  },
} as const satisfies Record<string, Refusal>

export const anthropicRefusals = {
  // (unverified)
  'not-json': { text: 'The request body is not valid JSON.' },
  absent: { text: '{name}: Field required' },
  'no-messages': { text: 'messages: at least one message is required' },
  'unknown-role': { text: 'messages: Unexpected role "{role}". Allowed roles are "user" or "assistant".' },
  'late-system': {
    text: 'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
  },
  'empty-content': {
    text: 'messages.{at}: all messages must have non-empty content except for the optional final assistant message',
  },
  'empty-id': { text: "messages.{at}.content.{block}.{field}: String should match pattern '^[a-zA-Z0-9_-]+$'" },
  // anthropics/claude-code#5989
  'missing-results': {
    text: 'messages.{at}: `tool_use` ids were found without `tool_result` blocks immediately after: {ids}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.',
  },
  // anthropics/claude-code#13460
  'orphan-result': {
    text: 'messages.{at}.content.{block}: unexpected `tool_use_id` found in `tool_result` blocks: {id}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
  },
  'called-twice': { text: 'messages.{at}.content.{block}: `tool_use` ids must be unique' },
  'answered-twice': {
    text: 'messages.{at}.content.{block}: each tool_use must have a single result. Found multiple `tool_result` blocks with id: {id}',
  },
} as const satisfies Record<string, Refusal>

/** A 400 in the provider's words. */
export function refusal({ text, param, code }: Refusal, values: Readonly<Record<string, unknown>> = {}): ErrorReply {
  return {
    kind: 'error',
    error: 'invalid-request',
    text: filled(text, values),
    ...(param !== undefined && { param: filled(param, values) }),
    ...(code !== undefined && { code }),
  }
}

/** A text with its `{name}`s filled in. What is filled in is not read again. */
export const filled = (text: string, values: Readonly<Record<string, unknown>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole))
