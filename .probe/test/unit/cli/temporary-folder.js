/** A folder of its own for a test, with files in it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
export function temporaryFolder(files = {}) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stormproof-test-')));
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
    }
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
}
