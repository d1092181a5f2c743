import OpenAI, { APIConnectionError, AuthenticationError, BadRequestError, InternalServerError, NotFoundError, PermissionDeniedError, RateLimitError, } from 'openai';
import { describe, expect, test } from 'vitest';
import { modelEndpoint } from '../../../src/provider/endpoint.js';
/** The real SDK over an endpoint that gives these answers, then the last one for ever. */
function client(answers, maxRetries = 0) {
    let requests = 0;
    const endpoint = modelEndpoint({
        answer: async () => answers[Math.min(requests++, answers.length - 1)],
        stamp: () => ({ id: `t${requests}`, createdAt: 1_767_225_600 }),
    });
    const openai = new OpenAI({
        apiKey: 'sk-test',
        maxRetries,
        fetch: (url, init) => endpoint.handle(String(url), init ?? {}),
    });
    return { openai, requests: () => requests };
}
const twoCalls = {
    kind: 'answer',
    answer: {
        text: 'Looking.',
        calls: [
            { id: 'call_a', tool: 'find', arguments: '{"order":1}' },
            { id: 'call_b', tool: 'refund', arguments: '{"order":2}' },
        ],
        stop: 'tool-calls',
        usage: { inputTokens: 10, outputTokens: 5 },
    },
};
const chatRequest = { model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] };
describe('the openai SDK', () => {
    test('parses an answer with two parallel calls in chat', async () => {
        const completion = await client([twoCalls]).openai.chat.completions.create(chatRequest);
        expect(completion).toMatchObject({
            object: 'chat.completion',
            created: 1_767_225_600,
            model: 'gpt-4o',
            usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
        });
        expect(completion._request_id).toMatch(/^req_[0-9a-f]{16}$/);
        expect(completion.choices[0]).toMatchObject({
            finish_reason: 'tool_calls',
            message: {
                content: 'Looking.',
                tool_calls: [
                    { id: 'call_a', type: 'function', function: { name: 'find', arguments: '{"order":1}' } },
                    { id: 'call_b', type: 'function', function: { name: 'refund', arguments: '{"order":2}' } },
                ],
            },
        });
    });
    test('parses an answer with two parallel calls in Responses', async () => {
        const response = await client([twoCalls]).openai.responses.create({ model: 'gpt-5', input: 'hi' });
        expect(response.output_text).toBe('Looking.');
        expect(response).toMatchObject({ status: 'completed', error: null, usage: { total_tokens: 15 } });
        expect(response.output.slice(1)).toMatchObject([
            { type: 'function_call', call_id: 'call_a', name: 'find', arguments: '{"order":1}' },
            { type: 'function_call', call_id: 'call_b', name: 'refund', arguments: '{"order":2}' },
        ]);
    });
    test.each([
        ['rate-limited', RateLimitError, 429, 'rate_limit_exceeded'],
        ['quota', RateLimitError, 429, 'insufficient_quota'],
        ['overloaded', InternalServerError, 503, null],
        ['server-error', InternalServerError, 500, null],
        ['unavailable', InternalServerError, 503, null],
        ['bad-gateway', InternalServerError, 502, undefined],
        ['timeout', InternalServerError, 504, undefined],
        ['authentication', AuthenticationError, 401, 'invalid_api_key'],
        ['permission', PermissionDeniedError, 403, 'model_not_found'],
        ['not-found', NotFoundError, 404, 'model_not_found'],
        ['context-length', BadRequestError, 400, 'context_length_exceeded'],
        ['invalid-request', BadRequestError, 400, null],
    ])('sees %s as its own error class', async (kind, expected, status, code) => {
        const { openai } = client([{ kind: 'error', error: kind }]);
        for (const request of [
            () => openai.chat.completions.create(chatRequest),
            () => openai.responses.create({ model: 'gpt-5', input: 'hi' }),
        ]) {
            const error = await request().catch((thrown) => thrown);
            expect(error).toBeInstanceOf(expected);
            expect(error).toMatchObject({ status, code });
        }
    });
    test('sees a lost connection as one', async () => {
        const error = await client([{ kind: 'lost' }])
            .openai.chat.completions.create(chatRequest)
            .catch((thrown) => thrown);
        expect(error).toBeInstanceOf(APIConnectionError);
    });
    test('retries what is to be retried and then reads the answer', async () => {
        const busy = { kind: 'error', error: 'rate-limited', retryAfterMs: '1' };
        const { openai, requests } = client([busy, busy, twoCalls], 2);
        await expect(openai.chat.completions.create(chatRequest)).resolves.toMatchObject({ object: 'chat.completion' });
        expect(requests()).toBe(3);
    });
});
