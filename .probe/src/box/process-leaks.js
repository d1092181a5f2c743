/** Other processes and threads: neither the clock nor the tape reaches them. */
import childProcess from 'node:child_process';
import workerThreads from 'node:worker_threads';
import { guard, guarded } from './leak.js';
export function installProcessLeaks() {
    // Every asynchronous way to start a process ends here.
    guard(childProcess.ChildProcess.prototype, 'spawn', ([options]) => `a child process (${String(options?.file)})`);
    for (const name of ['spawnSync', 'execSync', 'execFileSync']) {
        guard(childProcess, name, ([command]) => `a child process (${String(command)})`);
    }
    const Worker = workerThreads.Worker;
    const construct = guarded(Reflect.construct, ([, [file]]) => `a worker thread (${String(file)})`, false);
    workerThreads.Worker = new Proxy(Worker, {
        construct: (target, args, newTarget) => construct(target, args, newTarget === workerThreads.Worker ? target : newTarget),
    });
}
