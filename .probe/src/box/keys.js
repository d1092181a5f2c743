/** API keys while agents are simulated: a dummy where one is expected, and no real one for them to find. */
import { box } from './shared-box.js';
const dummyKey = 'stormproof-dummy-key';
/** Clients that refuse to be built without these get them; base URLs are left alone. */
const expected = [
    'ANTHROPIC_API_KEY',
    'AZURE_API_KEY',
    'AZURE_OPENAI_API_KEY',
    'CEREBRAS_API_KEY',
    'COHERE_API_KEY',
    'DEEPSEEK_API_KEY',
    'FIREWORKS_API_KEY',
    'GEMINI_API_KEY',
    'GOOGLE_API_KEY',
    'GOOGLE_GENERATIVE_AI_API_KEY',
    'GROQ_API_KEY',
    'MISTRAL_API_KEY',
    'OPENAI_API_KEY',
    'OPENROUTER_API_KEY',
    'PERPLEXITY_API_KEY',
    'TOGETHER_AI_API_KEY',
    'TOGETHER_API_KEY',
    'XAI_API_KEY',
];
const secret = /_(API_KEY|SECRET|TOKEN)$/;
/** Masks keys in `process.env` until the returned function is called; holders nest, and the last one to go restores. */
export function maskKeys() {
    if (box.keys.holders++ === 0)
        mask();
    let held = true;
    return () => {
        if (!held)
            return;
        held = false;
        if (--box.keys.holders === 0)
            restore();
    };
}
function mask() {
    const names = new Set([...expected, ...Object.keys(process.env).filter((name) => secret.test(name))]);
    for (const name of names) {
        box.keys.originals.set(name, process.env[name]);
        process.env[name] = dummyKey;
    }
}
function restore() {
    for (const [name, value] of box.keys.originals) {
        if (value === undefined)
            delete process.env[name];
        else
            process.env[name] = value;
    }
    box.keys.originals.clear();
}
