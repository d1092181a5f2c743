/** Where campaigns are kept: `.stormproof/campaigns/<id>/`, and `.stormproof/latest`, a file that names the last one. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { StormproofError } from '../core/error.js';
import { schemaVersion } from '../report/record.js';
/** Lines of trials written at once. */
const batch = 64;
/** Creates the folder and writes the manifest, so that what cannot be written is known before the first trial. */
export function openRecordFolder(root, manifest) {
    const path = join(resolve(root), 'campaigns', manifest.campaign);
    tryWriting(path, () => {
        makeFolder(join(path, 'histories'));
        // What is recorded may hold whatever an agent said: it does not belong into a repository by accident.
        if (!existsSync(join(root, '.gitignore')))
            writeFileSync(join(root, '.gitignore'), '*\n');
        writeFileSync(join(path, 'manifest.json'), json(manifest));
        writeFileSync(join(path, 'trials.ndjson'), '');
    });
    let waiting = [];
    const flush = () => {
        if (waiting.length > 0)
            tryWriting(path, () => appendFileSync(join(path, 'trials.ndjson'), waiting.join('')));
        waiting = [];
    };
    const file = (name, bytes) => {
        const target = resolve(path, name);
        if (!target.startsWith(path + sep))
            throw new StormproofError('unwritable', `a reporter wants to write ${JSON.stringify(name)}, which is outside of the record`, { remedy: 'give a path relative to the folder of the campaign' });
        tryWriting(target, () => {
            makeFolder(dirname(target));
            writeFileSync(target, bytes);
        });
    };
    return {
        path,
        file,
        trial(trial) {
            waiting.push(`${JSON.stringify(trial)}\n`);
            if (waiting.length >= batch)
                flush();
        },
        history: (finding, events) => file(join('histories', `${finding.scenario.replace(/[^\w.-]/g, '_')}-${finding.id}.ndjson`), events.map((event) => `${event}\n`).join('')),
        end(record) {
            flush();
            file('record.json', json(record));
            const latest = join(resolve(root), 'latest');
            tryWriting(latest, () => {
                // Written beside and moved, so that nobody ever reads half a pointer.
                writeFileSync(`${latest}.new`, `campaigns/${manifest.campaign}\n`);
                rmSync(latest, { recursive: true, force: true });
                renameSync(`${latest}.new`, latest);
            });
        },
    };
}
/** The record of the last campaign that ended. */
export function readLatest(root) {
    const pointer = join(root, 'latest');
    const missing = new StormproofError('usage', `there is no campaign in ${root}`, {
        remedy: 'run one first: npx stormproof',
    });
    if (!existsSync(pointer))
        throw missing;
    const file = join(root, readFileSync(pointer, 'utf8').trim(), 'record.json');
    if (!existsSync(file))
        throw missing;
    const record = parseRecord(file);
    if (record.schemaVersion !== schemaVersion)
        throw new StormproofError('usage', `${file} was written by another version of stormproof (schema ${record.schemaVersion}, here ${schemaVersion})`, { remedy: 'run again: npx stormproof' });
    return record;
}
function parseRecord(file) {
    try {
        return JSON.parse(readFileSync(file, 'utf8'));
    }
    catch (error) {
        throw new StormproofError('usage', `${file} is damaged`, { remedy: 'run again: npx stormproof', cause: error });
    }
}
/** One folder at a time: `recursive` of Node never returns where the parent refuses with ENOENT (`/proc`). */
function makeFolder(path) {
    if (existsSync(path))
        return;
    if (dirname(path) !== path)
        makeFolder(dirname(path));
    mkdirSync(path);
}
function tryWriting(path, write) {
    try {
        write();
    }
    catch (error) {
        const code = error.code ?? 'unknown';
        throw new StormproofError('unwritable', `${path} cannot be written (${code})`, {
            remedy: 'name another folder: --out=/tmp/stormproof',
            cause: error,
        });
    }
}
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
