/** A small world to run agents in: virtual time, a store, a scripted model and a shop, with a fault at any numbered operation. */
import { z } from 'zod';
import { defineAgent } from '../../../src/agent/agent.js';
import { runSession } from '../../../src/agent/run-session.js';
import { defineTool } from '../../../src/agent/tool.js';
import { hash32 } from '../../../src/core/digest.js';
import { ModelError } from '../../../src/core/model.js';
import { StoreError } from '../../../src/core/store.js';
import { memoryStore } from '../../../src/platform/memory-store.js';
export class World {
    now = 1_000;
    operations = 0;
    /** Which numbered operation goes wrong, and how. */
    fault;
    prompts = [];
    store = memoryStore();
    effects = [];
    requests = [];
    #incarnation = 1;
    #order = 0;
    #agenda = [];
    #answers = new Map();
    get timers() {
        return this.#agenda.filter((due) => due.incarnation === this.#incarnation).length;
    }
    clock() {
        const incarnation = this.#incarnation;
        return {
            now: () => this.now,
            wall: () => this.now,
            after: (delayMs, then) => {
                const due = { at: this.now + delayMs, order: this.#order++, incarnation, then };
                this.#agenda.push(due);
                return { cancel: () => this.#agenda.splice(this.#agenda.indexOf(due) >>> 0, 1) };
            },
        };
    }
    crash() {
        this.#incarnation++;
        this.fault = undefined;
    }
    /** One operation at a port: it may be lost before or after its effect, or its process may die there. */
    async operate(delayMs, effect, lost) {
        const incarnation = this.#incarnation;
        const fault = this.fault?.at === ++this.operations ? this.fault.how : undefined;
        if (fault === 'crash-before')
            return this.#die();
        if (fault === 'lost-before')
            throw lost();
        const value = await effect();
        if (fault === 'crash-after')
            return this.#die();
        if (fault === 'lost-after')
            throw lost();
        await this.wait(delayMs);
        if (incarnation !== this.#incarnation)
            return new Promise(() => { });
        return value;
    }
    #die() {
        this.crash();
        return new Promise(() => { });
    }
    /** World time: it goes on whoever dies. */
    wait(delayMs) {
        return new Promise((then) => {
            this.#agenda.push({ at: this.now + delayMs, order: this.#order++, incarnation: 0, then });
        });
    }
    /** A service that honours keys: the same key gets the same answer and no second effect. */
    apply(name, input, key, answer) {
        const known = key === undefined ? undefined : this.#answers.get(`${name} ${key}`);
        if (known !== undefined)
            return known;
        this.effects.push({ name, input, key });
        const value = answer();
        if (key !== undefined)
            this.#answers.set(`${name} ${key}`, value);
        return value;
    }
    storePort() {
        const lost = () => new StoreError('the acknowledgement was lost', 'unknown');
        const { store } = this;
        return {
            '~store': true,
            open: (session) => this.operate(5, () => store.open(session), lost),
            append: (session, expected, events) => this.operate(5, () => store.append(session, expected, events), lost),
            read: (session) => store.read(session),
        };
    }
    /** Runs until the promise settles; `dead` when nothing can happen any more. */
    async settle(promise) {
        let result;
        promise.then((value) => {
            result = { value };
        }, (error) => {
            result = { error };
        });
        for (;;) {
            await new Promise((resolve) => setImmediate(resolve));
            if (result)
                break;
            if (!this.step())
                return 'dead';
        }
        if ('error' in result)
            throw result.error;
        return result.value;
    }
    step() {
        this.#agenda = this.#agenda.filter((due) => due.incarnation === 0 || due.incarnation === this.#incarnation);
        const due = this.#agenda.sort((a, b) => a.at - b.at || a.order - b.order).shift();
        if (!due)
            return false;
        this.now = Math.max(this.now, due.at);
        due.then();
        return true;
    }
    async drain() {
        do
            await new Promise((resolve) => setImmediate(resolve));
        while (this.step());
    }
    run(agent, model, session = 's1') {
        const ports = {
            clock: this.clock(),
            random: { below: (label, bound) => hash32(label) % bound },
            store: this.storePort(),
            model,
        };
        return this.settle(runSession(agent, { session, prompt: 'go' }, ports));
    }
    async log(session = 's1') {
        return (await this.store.read(session)).events;
    }
    async logged(type) {
        const log = await this.log();
        return log.filter((event) => event.type === type);
    }
    /** Answers by turn; a function sees the request. The last one is repeated. */
    model(...turns) {
        return {
            '~model': true,
            answer: (request) => this.operate(1_000, () => {
                const { turn, messages, tools } = request;
                this.prompts.push({ turn, messages, tools: tools.length });
                const answer = turns[Math.min(turn, turns.length) - 1];
                return typeof answer === 'function' ? answer(request) : answer;
            }, () => new ModelError({ class: 'connection-lost', text: 'the answer was cut off', retryable: true })),
        };
    }
    /** A write to the shop. */
    tool(name, options = {}) {
        const answer = options.answer ?? (() => 100);
        const keyed = options.idempotency !== 'none';
        const request = async (what, input, context) => {
            const { key, call, attempt } = context;
            this.requests.push({ name: what, key, call, attempt, at: this.now });
            const outcome = what === name ? answer(attempt, input) : 100;
            if (outcome instanceof Error && outcome.name === 'ToolFailure')
                throw outcome;
            const lost = () => new Error('connection lost');
            const effect = () => this.apply(what, input, keyed ? key : undefined, () => ({ done: `${what} ${input.id}` }));
            const value = await this.operate(typeof outcome === 'number' ? outcome : 100, effect, lost);
            if (outcome instanceof Error)
                throw outcome;
            return value;
        };
        return defineTool({
            name,
            description: name,
            input: z.object({ id: z.string() }),
            output: z.object({ done: z.string() }),
            idempotency: options.idempotency ?? 'keyed',
            ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
            ...(options.reconcile ? { reconcile: options.reconcile } : {}),
            effect: options.effect ?? 'write',
            execute: (input, context) => request(name, input, context),
            ...(options.isUndoable
                ? { compensate: (input, context) => request(`undo-${name}`, input, context) }
                : {}),
        });
    }
}
export const agentOf = (tools, options = {}) => defineAgent({ name: 'shop', instructions: 'be good', tools, ...options });
const usage = { inputTokens: 10, outputTokens: 5 };
export const say = (text) => ({ text, calls: [], stop: 'stop', usage });
/** `calls('charge A', 'reserve B')`. */
export const calls = (...proposed) => ({
    text: '',
    calls: proposed.map((text, index) => {
        const [tool, id] = text.split(' ');
        return { id: `p${index}`, tool: tool, arguments: JSON.stringify({ id }) };
    }),
    stop: 'tool-calls',
    usage,
});
