/** Opens the batch of a turn: every proposed call gets its identity, and what cannot run is refused at once. */
import { callPath } from '../core/call.js';
import { digest } from '../core/digest.js';
import { toolNamed } from './agent.js';
/** `batch-open`, and a `call-rejected` for each call that will not run; its siblings do. */
export function openBatch(run, turn, calls) {
    const ids = new Set();
    const matched = new Set();
    const intents = [];
    const events = [{ type: 'batch-open', turn, calls: intents }];
    calls.forEach((proposed, index) => {
        const call = callPath(turn, index);
        const id = run.parts.idOf(proposed.id, call, (used) => ids.has(used) || run.state.ids.has(used));
        ids.add(id);
        const isOver = index >= run.agent.limits.callsPerTurn;
        const { intent, refused } = isOver ? overCap(run, proposed, call, id) : admit(run, proposed, call, id, matched);
        intents.push(intent);
        if (intent.reissueOf !== undefined)
            matched.add(intent.reissueOf);
        if (refused)
            events.push({ type: 'call-rejected', call, tool: intent.tool, error: refused });
    });
    return events;
}
function admit(run, proposed, call, id, matched) {
    const tool = toolNamed(run.agent, proposed.tool);
    const plain = plainIntent(run, proposed, call, id, tool);
    if (!tool)
        return { intent: plain, refused: unknownTool(run, proposed.tool) };
    const parsed = run.parts.parseArguments(proposed.arguments);
    if (!parsed.ok)
        return { intent: plain, refused: parsed.error };
    const intent = { ...plain, args: parsed.value, argsDigest: digest(parsed.value) };
    const earlier = run.parts.matchIntent(run.state, tool.name, intent.argsDigest, (path) => matched.has(path));
    if (!earlier)
        return { intent, refused: undefined };
    if (tool.idempotency === 'none')
        return { intent, refused: alreadyTried(earlier) };
    return { intent: { ...intent, key: earlier.intent.key, reissueOf: earlier.intent.call }, refused: undefined };
}
function plainIntent(run, proposed, call, id, tool) {
    return {
        call,
        id,
        tool: proposed.tool,
        effect: tool?.effect ?? 'read',
        proposed: proposed.arguments,
        key: run.parts.keyOf(run.session, call),
    };
}
function overCap(run, proposed, call, id) {
    const intent = plainIntent(run, proposed, call, id, toolNamed(run.agent, proposed.tool));
    return { intent, refused: refusal(`only ${run.agent.limits.callsPerTurn} calls are allowed in one turn`) };
}
function unknownTool(run, name) {
    const known = run.agent.specs.map((spec) => spec.name).join(', ');
    const text = `there is no tool ${JSON.stringify(name)}; the tools are ${known === '' ? 'none' : known}`;
    return { class: 'unknown-tool', text, retryable: false };
}
function alreadyTried(earlier) {
    const known = earlier.applied ? 'took effect' : 'may have taken effect';
    return refusal(`an earlier call with these arguments, ${earlier.intent.call}, ${known}; it must not be made twice`);
}
const refusal = (text) => ({ class: 'refused', text, retryable: false });
