/** One worker process: started, asked, watched, and started again when it dies or stands still. */
import { fork } from 'node:child_process';
import { StormproofError } from '../core/error.js';
export class WorkerDeath extends Error {
    death;
    constructor(death) {
        super(death.text);
        this.death = death;
    }
}
/** Loading may compile a lot: it is given more time than a trial. */
const loadingMs = 60_000;
export class WorkerProcess {
    #options;
    #waiting = new Map();
    #child;
    #loading;
    #lastSign = 0;
    #watch;
    #killed;
    #ready = false;
    constructor(options) {
        this.#options = options;
    }
    /** Starts the process where none is alive. Rejects with a `WorkerDeath` when it dies while it loads. */
    load() {
        this.#loading ??= this.#start();
        return this.#loading;
    }
    /** Rejects with a `WorkerDeath` when the worker dies or stands still before it answers; the next request starts another. */
    async exchange(request) {
        await this.load();
        return new Promise((resolve, reject) => {
            this.#waiting.set(request.id, { resolve, reject });
            this.#heard();
            this.#child?.send({ kind: 'request', request });
        });
    }
    async stop() {
        const child = this.#child;
        clearInterval(this.#watch);
        this.#child = undefined;
        this.#loading = undefined;
        if (!child || child.exitCode !== null || child.signalCode !== null)
            return;
        await new Promise((resolve) => {
            child.once('exit', () => resolve());
            child.kill('SIGKILL');
        });
    }
    #start() {
        const { entry, order, onError, execArgv = ['--single-threaded'] } = this.#options;
        this.#killed = undefined;
        this.#ready = false;
        const child = fork(entry, [], {
            execArgv: [...execArgv],
            stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
            serialization: 'json',
        });
        this.#child = child;
        // Whatever escapes the capture of a trial (modules that print while they load) is no part of a report.
        child.stdout?.on('data', (bytes) => onError(bytes.toString()));
        child.stderr?.on('data', (bytes) => onError(bytes.toString()));
        this.#lastSign = Date.now() + loadingMs;
        this.#watch = setInterval(() => this.#look(), 1000);
        return new Promise((resolve, reject) => {
            child.on('message', (message) => {
                if (message.kind === 'loaded')
                    this.#ready = true;
                this.#heard();
                if (message.kind === 'loaded')
                    resolve(message);
                if (message.kind === 'answer')
                    this.#answered(message.answer);
            });
            child.on('error', (error) => reject(new StormproofError('internal', `a worker process cannot be started: ${error.message}`)));
            child.on('exit', (code, signal) => {
                const death = this.#killed ?? {
                    kind: 'exit',
                    text: signal
                        ? `the worker process was ended by ${signal}`
                        : `the code under test ended its process with code ${code}`,
                };
                if (this.#child === child)
                    this.#gone();
                reject(new WorkerDeath(death));
                this.#failAll(death);
            });
            child.send(order);
        });
    }
    #answered(answer) {
        this.#waiting.get(answer.id)?.resolve(answer);
        this.#waiting.delete(answer.id);
    }
    /** A worker that computes still answers pings between two steps of a trial; one in an endless loop does not. */
    #look() {
        const silence = this.#options.silenceMs ?? 5000;
        if (Date.now() - this.#lastSign > silence) {
            this.#killed = {
                kind: 'hang',
                text: `nothing moved for ${silence / 1000} s of real time: a loop that never yields`,
            };
            this.#child?.kill('SIGKILL');
            return;
        }
        if (this.#waiting.size > 0)
            this.#child?.send({ kind: 'ping' });
        else if (this.#ready)
            this.#heard();
    }
    #heard() {
        this.#lastSign = Date.now();
    }
    #gone() {
        clearInterval(this.#watch);
        this.#child = undefined;
        this.#loading = undefined;
    }
    #failAll(death) {
        const waiting = [...this.#waiting.values()];
        this.#waiting.clear();
        for (const { reject } of waiting)
            reject(new WorkerDeath(death));
    }
}
