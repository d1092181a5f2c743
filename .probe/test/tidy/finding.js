/** A place that breaks a rule, with what to do about it; and the failure that lists all of them. */
/** Throws with one line a finding, `file:line what: remedy`, sorted by place. */
export function expectNone(findings) {
    if (findings.length === 0)
        return;
    const sorted = [...findings].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
    const lines = sorted.map(({ file, line, what, remedy }) => `  ${file}:${line} ${what}: ${remedy}`);
    const failure = new Error(`${findings.length} place${findings.length === 1 ? '' : 's'} to tidy\n${lines.join('\n')}`);
    failure.stack = failure.message;
    throw failure;
}
