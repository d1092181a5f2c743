/** What `stormproof.config.ts` may say. A type and a function that returns what it is given: reading it is the command line's work. */
/** Names of the fault presets, mildest first. */
export const presetNames = [
    'none',
    'light',
    'stormy',
    'hostile',
    'rb-0.1',
    'rb-0.2',
    'rb-0.3',
    'hal',
];
export const reporterNames = ['console', 'ndjson'];
/** Names a configuration may hold already; this version has no such reporter, and the command line says so. */
export const laterReporterNames = ['agent', 'html', 'junit', 'github', 'markdown', 'ctrf', 'perfetto', 'otlp'];
/** Types the configuration; does nothing else. */
export const defineConfig = (config) => config;
