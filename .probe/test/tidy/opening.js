/** The opening of a file: one sentence that says what it is about. */
/** Files of src/, reporters/ and bench/ that do not begin with a comment of their own. */
export function silentOpenings(files) {
    return files
        .filter((file) => file.isCode && file.isIn(['src', 'reporters', 'bench']) && !/^(#!.*\n)?\/\*\*\s+\S/.test(file.text))
        .map(({ path }) => ({
        file: path,
        line: 1,
        what: 'does not say what it is about',
        remedy: 'begin with `/** One sentence. */`',
    }));
}
