/** Where the command line writes, and what that place can show. */
/** The real one. A reader that has gone away ends the process quietly: `stormproof list | head` is no error. */
export function processTerminal(options) {
    const quietly = (error) => {
        if (error.code === 'EPIPE')
            process.exit(process.exitCode ?? 0);
        throw error;
    };
    process.stdout.on('error', quietly);
    process.stderr.on('error', quietly);
    const write = process.stdout.write.bind(process.stdout);
    // With --json nothing but our own lines may reach stdout: whatever else writes there goes to stderr.
    if (options.json)
        process.stdout.write = process.stderr.write.bind(process.stderr);
    return {
        out: (text) => void write(text),
        error: (text) => void process.stderr.write(text),
        width: process.stdout.columns ?? Number(process.env['COLUMNS'] || 110),
        color: wantsColor(process.env, process.stdout.isTTY === true, options.noColor),
        live: process.stderr.isTTY === true,
    };
}
/** The flag, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal. */
export function wantsColor(environment, isTerminal, noColor) {
    if (noColor || environment['NO_COLOR'])
        return false;
    const forced = environment['FORCE_COLOR'];
    if (forced !== undefined)
        return forced !== '0' && forced !== 'false';
    return isTerminal && environment['TERM'] !== 'dumb';
}
