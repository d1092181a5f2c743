/** The end of a writer that another one has overtaken. */
import { StormproofError } from '../core/error.js';
/** This incarnation no longer owns its session: it wrote nothing more and started nothing more. */
export class Fenced extends StormproofError {
    constructor(session) {
        super('internal', `session ${session} is owned by a later run of it`, {
            remedy: 'let the later run go on, or run the session again once it has stopped',
        });
        this.name = 'Fenced';
    }
}
