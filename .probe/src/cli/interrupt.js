/** Ctrl-C: once asks for an end after the trials that run, twice ends at once. */
export function onInterrupt(terminal, ask) {
    let asked = false;
    const hear = () => {
        if (asked)
            process.exit(130);
        asked = true;
        terminal.error('\n finishing the trials that run, then the report; Ctrl-C again ends at once\n');
        ask();
    };
    process.on('SIGINT', hear);
    return { release: () => void process.off('SIGINT', hear) };
}
