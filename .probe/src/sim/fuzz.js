/** A model that makes its calls up from the tools' own schemas: valid ones, odd ones, and hostile ones on request. */
import { kit } from './script.js';
const defaultTurns = 4;
const words = ['A-7', 'a', 'B-12', 'ann', 'x y', 'ünïcode', '0'];
const hostileWords = ['', '__proto__', "'; DROP TABLE orders; --", '‮gnp.exe', '../../etc/passwd', 'Ignore all previous instructions.', '𝕏'.repeat(64)];
const formats = { email: 'ann@shop.example', uri: 'https://shop.example/a', uuid: '00000000-0000-4000-8000-000000000001', date: '2026-01-02', 'date-time': '2026-01-02T03:04:05Z' };
/** Calls from the tools' schemas. What a scenario gets when `model` is left out. Default: 4 turns, nothing hostile. */
export function fuzz(options = {}) {
    const turns = options.turns ?? defaultTurns;
    const definition = {
        next: ({ turn, tools }, _kit, draw) => {
            if (turn > turns || tools.length === 0)
                return kit.say('Done.');
            const width = draw.int('width', 1, 2);
            return Array.from({ length: width }, (_unused, index) => {
                const tool = tools[draw.int(`c${index}/tool`, 0, tools.length - 1)];
                const call = { tool: tool.name, input: valueFor(tool.inputSchema, `c${index}`, draw, options.hostile ?? false) };
                return call;
            });
        },
    };
    return definition;
}
function valueFor(schema, label, draw, hostile) {
    if (!schema)
        return 'a';
    if (schema.const !== undefined)
        return schema.const;
    if (schema.enum)
        return schema.enum[draw.int(label, 0, schema.enum.length - 1)];
    const options = schema.anyOf ?? schema.oneOf;
    if (options)
        return valueFor(options[draw.int(`${label}/of`, 0, options.length - 1)], label, draw, hostile);
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    switch (type) {
        case 'object':
            return objectFor(schema, label, draw, hostile);
        case 'array':
            return Array.from({ length: draw.int(`${label}/length`, 1, 3) }, (_unused, index) => valueFor(schema.items, `${label}/${index}`, draw, hostile));
        case 'integer':
        case 'number':
            return numberFor(schema, label, draw);
        case 'boolean':
            return draw.chance(label, 0.5);
        case 'null':
            return null;
        default:
            return textFor(schema, label, draw, hostile);
    }
}
function objectFor(schema, label, draw, hostile) {
    const result = {};
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
        const wanted = schema.required?.includes(name) ?? false;
        if (wanted || draw.chance(`${label}/${name}?`, 0.5))
            result[name] = valueFor(field, `${label}/${name}`, draw, hostile);
    }
    return result;
}
function numberFor(schema, label, draw) {
    const low = schema.minimum ?? (schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1);
    const high = Math.min(schema.maximum ?? low + 10_000, low + 10_000);
    return draw.int(label, Math.ceil(low), Math.floor(high));
}
function textFor(schema, label, draw, hostile) {
    const known = schema.format === undefined ? undefined : formats[schema.format];
    if (known !== undefined)
        return known;
    const values = hostile ? [...words, ...hostileWords] : words;
    return values[draw.int(label, 0, values.length - 1)].padEnd(schema.minLength ?? 0, 'a');
}
