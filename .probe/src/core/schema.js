/** Schemas as their authors wrote them: Standard Schema to validate, JSON Schema to show a model. */
import { StormproofError } from './error.js';
import { canonical } from './json.js';
/** Validates without coercion: a value that its schema would change (default, transform, dropped key) is refused. */
export function checkStrict(schema, value) {
    const checked = check(schema, value);
    if (!checked.ok)
        return checked;
    if (canonical(checked.value) !== canonical(value))
        return { ok: false, issues: ['unknown or missing fields: the schema would change the value'] };
    return checked;
}
/** Validates as the schema's author meant it, transforms and defaults included. */
export function check(schema, value) {
    const result = schema['~standard'].validate(value);
    if (result instanceof Promise)
        throw new StormproofError('scenario', 'a schema that validates asynchronously cannot be used in a simulation', { remedy: 'use a schema that answers at once' });
    if (!result.issues)
        return { ok: true, value: result.value };
    return { ok: false, issues: result.issues.map((issue) => `${issuePath(issue)}${issue.message}`) };
}
function issuePath(issue) {
    if (!issue.path?.length)
        return '';
    return `${issue.path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')}: `;
}
/** The JSON Schema a schema carries (`~standard.jsonSchema`, zod 4 has it); undefined where it carries none. */
export function toJsonSchema(schema) {
    const standard = schema['~standard'];
    if (!standard.jsonSchema)
        return undefined;
    return standard.jsonSchema.input({ target: 'draft-2020-12' });
}
