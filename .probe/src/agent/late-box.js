/** Holds a late result back until the end of its attempt is in the log, and records it then. */
export class LateBox {
    #run;
    #call;
    #tool;
    #attempt;
    #isOpen = false;
    #waiting;
    constructor(run, call, tool, attempt) {
        this.#run = run;
        this.#call = call;
        this.#tool = tool;
        this.#attempt = attempt;
    }
    /** The attempt ended for the caller long ago, and now for the tool. */
    receive(ending) {
        if (this.#isOpen)
            this.#record(ending);
        else
            this.#waiting = ending;
    }
    /** The end of the attempt is in the log. */
    open() {
        this.#isOpen = true;
        if (this.#waiting)
            this.#record(this.#waiting);
    }
    /** After the end of the run nothing is recorded. A log that cannot be written stops the run elsewhere. */
    #record(ending) {
        const { journal, state } = this.#run;
        journal.append(() => (state.end ? [] : [this.#event(ending)])).catch(() => { });
    }
    #event(ending) {
        const outcome = this.#judged(ending);
        return {
            type: 'late-result',
            call: this.#call.intent.call,
            tool: this.#tool.name,
            attempt: this.#attempt,
            outcome: outcome.kind,
            ...(outcome.kind === 'ok' ? { value: outcome.value } : {}),
        };
    }
    #judged(ending) {
        const { parts } = this.#run;
        const outcome = parts.outcomeOf(ending, this.#tool);
        return outcome.kind === 'ok' ? parts.checkOutput(this.#tool, outcome.value) : outcome;
    }
}
