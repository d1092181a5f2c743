import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, generateText, stepCountIs, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { modelEndpoint } from '../../../src/provider/endpoint.js';
const usage = { inputTokens: 10, outputTokens: 5 };
const script = [
    {
        kind: 'answer',
        answer: {
            text: 'Looking.',
            calls: [
                { id: 'call_a', tool: 'find', arguments: '{"order":1}' },
                { id: 'call_b', tool: 'find', arguments: '{"order":2}' },
            ],
            stop: 'tool-calls',
            usage,
        },
    },
    { kind: 'answer', answer: { text: 'Both found.', calls: [], stop: 'stop', usage } },
];
function provider(answers = script) {
    const queries = [];
    const endpoint = modelEndpoint({
        answer: async (query) => answers[queries.push(query) - 1],
        stamp: () => ({ id: `t${queries.length}`, createdAt: 1_767_225_600 }),
    });
    const openai = createOpenAI({ apiKey: 'sk-test', fetch: (url, init) => endpoint.handle(String(url), init ?? {}) });
    return { openai, queries };
}
const tools = {
    find: tool({
        description: 'Finds an order.',
        inputSchema: z.object({ order: z.number() }),
        execute: async ({ order }) => `order ${order} is here`,
    }),
};
describe('the AI SDK', () => {
    test.each(['openai-responses', 'openai-chat'])('runs a conversation with parallel calls over %s', async (profile) => {
        const { openai, queries } = provider();
        const model = profile === 'openai-chat' ? openai.chat('gpt-4.1') : openai('gpt-4.1');
        const result = await generateText({
            model,
            tools,
            prompt: 'Find them.',
            system: 'Be kind.',
            stopWhen: stepCountIs(5),
        });
        expect(result.text).toBe('Both found.');
        expect(result.steps[0].toolCalls.map((call) => call.input)).toEqual([{ order: 1 }, { order: 2 }]);
        expect(result.steps.map((step) => step.finishReason)).toEqual(['tool-calls', 'stop']);
        expect(result.totalUsage).toMatchObject({ inputTokens: 20, outputTokens: 10 });
        expect(queries.map((query) => query.profile)).toEqual([profile, profile]);
        expect(queries[1].tools).toMatchObject([{ name: 'find', description: 'Finds an order.' }]);
        // Over Responses the SDK sends "Looking." as a reference to the stored item: it must come back as the text.
        expect(queries[1].messages.filter((message) => message.role !== 'assistant')).toEqual([
            { role: 'system', text: 'Be kind.' },
            { role: 'user', text: 'Find them.' },
            {
                role: 'tool',
                results: [
                    { id: 'call_a', tool: 'find', content: 'order 1 is here', outcome: 'ok' },
                    { id: 'call_b', tool: 'find', content: 'order 2 is here', outcome: 'ok' },
                ],
            },
        ]);
        expect(queries[1].messages.find((message) => message.role === 'assistant')).toMatchObject({
            text: 'Looking.',
            calls: [{ id: 'call_a' }, { id: 'call_b' }],
        });
    });
    test('runs a reasoning model over Responses', async () => {
        const { openai } = provider();
        const result = await generateText({ model: openai('gpt-5'), tools, prompt: 'Find them.', stopWhen: stepCountIs(5) });
        expect(result.text).toBe('Both found.');
    });
    test.each([
        ['rate-limited', 429, true],
        ['overloaded', 503, true],
        ['context-length', 400, false],
    ])('sees %s with its status, and whether to retry', async (error, statusCode, isRetryable) => {
        const { openai } = provider([{ kind: 'error', error }]);
        const thrown = await generateText({ model: openai('gpt-5'), prompt: 'hi', maxRetries: 0 }).catch((e) => e);
        expect(APICallError.isInstance(thrown)).toBe(true);
        expect(thrown).toMatchObject({ statusCode, isRetryable });
    });
});
