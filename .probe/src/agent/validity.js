/** Whether arguments and results are what a tool's schemas say. */
import { isStormproofError } from '../core/error.js';
import { copy, isJson } from '../core/json.js';
import { failed, ok, unknown } from '../core/outcome.js';
import { check, checkStrict } from '../core/schema.js';
import { changesWorld } from './tool.js';
/** What is wrong with the arguments; undefined when the schema takes them unchanged. */
export function checkArguments(tool, args) {
    const checked = judge(() => checkStrict(tool.input, args));
    if (checked.ok)
        return undefined;
    return { class: 'invalid-args', text: checked.issues.join('; '), retryable: false };
}
/** A value the output schema accepts, as the tool gave it. Garbage from a write leaves open whether it took effect. */
export function checkOutput(tool, value) {
    const checked = judge(() => check(tool.output, value));
    if (checked.ok && value === undefined)
        return ok(null);
    if (checked.ok && isJson(value))
        return ok(copy(value));
    const issues = checked.ok ? 'it is no JSON value' : checked.issues.join('; ');
    const text = `the result is not what the tool declares: ${issues}`;
    const error = { class: 'invalid-output', text, retryable: !changesWorld(tool) };
    return changesWorld(tool) ? unknown(error) : failed(error);
}
/** A schema whose own code throws accepts nothing; one that cannot be used at all is misuse, and told as such. */
function judge(validate) {
    try {
        return validate();
    }
    catch (error) {
        if (isStormproofError(error))
            throw error;
        return { ok: false, issues: ['the schema itself failed on it'] };
    }
}
