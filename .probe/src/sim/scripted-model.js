/** The scripted model: it plays its script, reacts to failures, misbehaves when the tape says so, and refuses malformed histories. */
import { strictPairing } from '../core/pairing.js';
import { isAlive } from '../kernel/scope.js';
import { answerTime } from './answer-time.js';
import { drawFrom } from './draw.js';
import { planFault } from './fault/note.js';
import { crashAfter, crashBefore } from './fault/process.js';
import { callMisbehaviours, misbehave, misbehaviours } from './misbehave.js';
import { playAgain, playEntry, playOwed, say, soundAnswer } from './play.js';
import { readPrompt, readsAsFailure } from './prompt.js';
import { kit, readEntry } from './script.js';
import { outcomes } from './setting.js';
const nominalMs = 1_000;
const reactions = ['go-on', 'again', 'give-up'];
/** Calling again after a failure ends here, so that a script always goes on in the end. */
const againAtMost = 3;
export function scriptedModel(setting, plan, failedCall) {
    const asked = new Map();
    const isFailed = (result) => failedCall(result.id) || readsAsFailure(result);
    const player = playerOf(setting, plan, isFailed);
    return {
        leftover: player.leftover,
        ask: (question, scope, respond) => {
            const reading = readPrompt(question.messages, plan.entries, isFailed);
            const attempt = question.attempt ?? (asked.get(reading.turn) ?? 0) + 1;
            asked.set(reading.turn, attempt);
            const refusal = question.refusal ?? (question.judged ? undefined : describePairing(question.messages));
            receive(setting, question, reading.turn, attempt, refusal, scope);
            const site = `model/t${reading.turn}/a${attempt}`;
            const send = (reply, delayMs, landed) => {
                setting.world.complete(site, delayMs, () => {
                    if (!isAlive(scope))
                        return;
                    setting.world.emit('model-answered', seenAs(reply, reading.turn, attempt), scope.lane);
                    landed();
                    respond(reply);
                });
            };
            if (refusal !== undefined)
                send({ kind: 'refused', text: refusal }, nominalMs, () => undefined);
            else
                answer(setting, site, scope, withTools(player.next(question, reading), question), reading.turn, send);
        },
    };
}
function playerOf(setting, plan, isFailed) {
    const reacted = new Map();
    let played = 0;
    let beyond = 0;
    /** The same prompt gets the same reaction, a retry and a second incarnation included. */
    const reaction = (turn) => {
        if (plan.onFailure !== 'any')
            return plan.onFailure;
        let chosen = reacted.get(turn);
        if (chosen === undefined)
            reacted.set(turn, (chosen = reactions[setting.world.tape.pick(`model/t${turn}@reaction`, 'reaction', reactions)]));
        return chosen;
    };
    const next = (question, reading) => {
        if (plan.policy)
            return playPolicy(setting, plan.policy, question, reading, isFailed);
        if (reading.owed.length > 0)
            return playOwed(reading, plan.entries, question.messages, isFailed);
        if (reading.failed.length > 0) {
            const chosen = reaction(reading.turn);
            if (chosen === 'give-up')
                return say('I could not do this: a tool failed.');
            if (chosen === 'again' && reading.failedInARow <= againAtMost)
                return playAgain(reading);
        }
        const entry = plan.entries[reading.position];
        if (entry) {
            played = Math.max(played, reading.position + 1);
            return playEntry(entry, reading.position, question.messages, isFailed);
        }
        beyond++;
        return say('Done.');
    };
    return { next, leftover: () => ({ unplayed: plan.policy ? 0 : plan.entries.length - played, beyond }) };
}
/** A model that is offered no tools cannot call any. */
function withTools(played, question) {
    if (question.tools.length > 0 || played.calls.length === 0)
        return played;
    return say('I have no tools left to go on with.');
}
function answer(setting, site, scope, played, turn, send) {
    const { world } = setting;
    const alternatives = outcomes(setting, played.calls.length > 0 ? callMisbehaviours : misbehaviours, [crashBefore, crashAfter]);
    const chosen = alternatives[world.tape.pick(site, 'outcome', alternatives)];
    if (chosen === 'ok')
        return answerInTime(setting, site, scope, played, turn, send);
    const note = planFault(world, chosen, site, '', scope);
    note.injected();
    if (chosen === crashBefore || chosen === crashAfter) {
        note.landed();
        setting.crash?.();
        return;
    }
    const [reply, delayMs] = misbehave(setting, chosen, site, played, turn);
    send(reply, delayMs, note.landed);
}
function answerInTime(setting, site, scope, played, turn, send) {
    const time = answerTime(setting.world, site, nominalMs, scope.deadline);
    const fault = time.class === 'nominal' ? undefined : time.late ? 'model/timeout' : 'model/delay';
    const note = planFault(setting.world, fault, site, time.class, scope);
    note.injected();
    if (time.delayMs === undefined)
        setting.world.timer(nominalMs, note.landed);
    else
        send({ kind: 'answer', answer: soundAnswer(played, turn) }, time.delayMs, note.landed);
}
function playPolicy(setting, policy, question, reading, isFailed) {
    const messages = question.messages.map((message) => ({ role: message.role, text: textOf(message) }));
    const draw = drawFrom(setting.world, `policy/t${reading.turn}`);
    const entry = readEntry(policy.next({ messages, turn: reading.turn, tools: question.tools }, kit, draw), `turn ${reading.turn} of the policy`);
    return playEntry(entry, reading.turn - 1, question.messages, isFailed);
}
function textOf(message) {
    return message.role === 'tool' ? message.results.map((result) => result.content).join('\n') : message.text;
}
function receive(setting, question, turn, attempt, refusal, scope) {
    const messages = question.messages.slice();
    const payload = { turn, attempt, messages, tools: question.tools.map((tool) => tool.name) };
    setting.world.emit('prompt-received', refusal === undefined ? payload : { ...payload, refused: refusal }, scope.lane);
}
function describePairing(messages) {
    const fault = strictPairing(messages);
    return fault && `messages.${fault.at}: ${fault.kind}${fault.ids.length > 0 ? ` (${fault.ids.join(', ')})` : ''}`;
}
function seenAs(reply, turn, attempt) {
    const nothing = { turn, attempt, text: '', calls: [], stop: 'other', complete: false, status: 0 };
    if (reply.kind === 'answer')
        return { ...nothing, text: reply.answer.text, calls: reply.answer.calls, stop: reply.answer.stop, complete: true, status: 200 };
    return reply.kind === 'lost' ? nothing : { ...nothing, status: reply.kind === 'error' ? reply.status : 400 };
}
