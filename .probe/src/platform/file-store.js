/**
 * A store in a folder: one directory a session, one immutable numbered file a record. A record is an append or the claim
 * of an epoch; whoever creates the next number first has written it, so several processes need no lock.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { digest } from '../core/digest.js';
import { StormproofError } from '../core/error.js';
import { copy } from '../core/json.js';
import { StoreError } from '../core/store.js';
/** Keeps sessions in `folder`, which is made when it is first needed. An unreadable record is an error, never skipped. */
export function fileStore(folder) {
    const files = new Map();
    const filesOf = (session) => {
        const known = files.get(session);
        if (known)
            return known;
        const created = new SessionFiles(directoryOf(folder, session));
        files.set(session, created);
        return created;
    };
    return {
        '~store': true,
        open: (session) => filesOf(session).claim(),
        append: (session, expected, events) => filesOf(session).append(expected, events),
        read: (session) => filesOf(session).read(),
    };
}
/** The files of one session, and what they said when they were last looked at. One operation at a time. */
class SessionFiles {
    #directory;
    #log = { records: 0, epoch: 0, events: [] };
    #tail = Promise.resolve();
    constructor(directory) {
        this.#directory = directory;
    }
    claim() {
        return this.#inTurn(async () => {
            await mkdir(this.#directory, { recursive: true });
            await sweep(this.#directory);
            for (;;) {
                await this.#catchUp();
                if (await this.#create({ epoch: this.#log.epoch + 1, events: [] }))
                    return this.#view();
            }
        });
    }
    append(expected, events) {
        return this.#inTurn(async () => {
            for (;;) {
                await this.#catchUp();
                const refused = refusal(this.#log, expected);
                if (refused)
                    return refused;
                if (await this.#create({ epoch: expected.epoch, events })) {
                    return { kind: 'ok', version: this.#log.events.length };
                }
            }
        });
    }
    read() {
        return this.#inTurn(async () => {
            await this.#catchUp();
            return this.#view();
        });
    }
    #inTurn(operation) {
        const done = this.#tail.then(operation);
        this.#tail = done.catch(() => { });
        return done;
    }
    /** Reads what was written since the last look. */
    async #catchUp() {
        for (;;) {
            const record = await readRecord(this.#directory, this.#log.records);
            if (!record)
                return;
            this.#take(record);
        }
    }
    async #create(record) {
        const isCreated = await createRecord(this.#directory, this.#log.records, record);
        if (isCreated)
            this.#take(copy(record));
        return isCreated;
    }
    #take({ epoch, events }) {
        this.#log.records++;
        this.#log.epoch = epoch;
        this.#log.events.push(...events);
    }
    #view() {
        const { epoch, events } = this.#log;
        return { version: events.length, epoch, events: [...events] };
    }
}
function refusal(log, expected) {
    if (log.epoch > expected.epoch)
        return { kind: 'fenced', epoch: log.epoch };
    if (log.events.length !== expected.version)
        return { kind: 'conflict', version: log.events.length };
    return undefined;
}
/** Names differ even where the file system does not tell upper from lower case, or cuts long names. */
const directoryOf = (folder, session) => join(folder, `${encodeURIComponent(session).slice(0, 80)}-${digest(session)}`);
const fileOf = (directory, index) => join(directory, `${String(index).padStart(9, '0')}.json`);
async function readRecord(directory, index) {
    const file = fileOf(directory, index);
    let text;
    try {
        text = await readFile(file, 'utf8');
    }
    catch (error) {
        if (codeOf(error) === 'ENOENT')
            return undefined;
        throw new StoreError(`${file} could not be read`, 'no');
    }
    const [proof, body] = text.split('\n');
    if (body === undefined || digest(body) !== proof) {
        throw new StormproofError('internal', `${file} is torn: it is not what was written`, {
            remedy: 'restore the file from a backup; the records before it are whole',
        });
    }
    return JSON.parse(body);
}
/** False when somebody else wrote this record first. The file is whole and on the disk before it gets its name. */
async function createRecord(directory, index, record) {
    const draft = join(directory, `${randomUUID()}.draft`);
    try {
        const body = JSON.stringify(record);
        await writeThrough(draft, `${digest(body)}\n${body}\n`);
    }
    catch {
        await unlink(draft).catch(() => { });
        throw new StoreError(`${draft} could not be written`, 'no');
    }
    try {
        await link(draft, fileOf(directory, index));
    }
    catch (error) {
        if (codeOf(error) === 'EEXIST')
            return false;
        throw new StoreError(`${fileOf(directory, index)} could not be created`, 'unknown');
    }
    finally {
        await unlink(draft).catch(() => { });
    }
    await syncDirectory(directory);
    return true;
}
async function writeThrough(file, text) {
    const handle = await open(file, 'wx');
    try {
        await handle.writeFile(text);
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
/** Where a directory cannot be synced (Windows) the file system orders its names itself. */
async function syncDirectory(directory) {
    const handle = await open(directory, 'r').catch(() => undefined);
    await handle?.sync().catch(() => { });
    await handle?.close();
}
/** Drafts that a dead process left were never acknowledged. A live process that loses its draft reports the append as doubtful. */
async function sweep(directory) {
    for (const name of await readdir(directory)) {
        if (name.endsWith('.draft'))
            await unlink(join(directory, name)).catch(() => { });
    }
}
const codeOf = (error) => error?.code;
