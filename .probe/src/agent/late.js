/** A result that arrived after its attempt had ended: it tells what became of the effect, and is never shown. */
export function takeLate(_state, call, event) {
    if (call.intent.effect === 'read' || event.outcome === 'unknown')
        return;
    if (event.outcome === 'ok')
        call.applied = true;
    const index = call.unresolved.indexOf(event.attempt);
    if (index >= 0)
        call.unresolved.splice(index, 1);
}
