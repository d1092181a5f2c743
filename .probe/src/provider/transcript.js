/** A canonical history being read off the wire, message by message. */
/** Keeps what a wire format leaves implicit: which tool a result belongs to, and which results make one message. */
export class Transcript {
    messages = [];
    places = [];
    #tools = new Map();
    #open;
    #openPlace = -1;
    add(message, place) {
        this.#open = undefined;
        this.messages.push(message);
        this.places.push(place);
        if (message.role === 'assistant')
            for (const call of message.calls)
                this.#tools.set(call.id, call.tool);
    }
    assistant(text, calls, place) {
        this.add({ role: 'assistant', text, calls }, place);
    }
    /** Adds a result to the results just before it; with `within`, only to those of the same wire message. */
    result(id, content, outcome, place, within) {
        const result = { id, tool: this.#tools.get(id) ?? '', content, outcome };
        if (this.#open && (within === 'history' || this.#openPlace === place)) {
            this.#open.push(result);
            return;
        }
        const results = [result];
        this.add({ role: 'tool', results }, place);
        this.#open = results;
        this.#openPlace = place;
    }
}
