import { test } from 'vitest';
import { packPackage } from './packed.js';
import { newConsumer, copyProject } from './consumer.js';
import { typeCheck } from './type-check.js';
test('x', () => {
    const p = packPackage();
    console.log(p.tarball, p.files.length, p.files.filter((f) => !f.startsWith('dist')));
    const c = newConsumer(p);
    copyProject(c);
    console.log(c.folder);
    console.log(typeCheck(c.folder, ['-p', '.']));
    c.write('misuse.ts', c.read('misuse.ts').replaceAll('@ts-expect-error', ''));
    console.log(typeCheck(c.folder, ['-p', '.']).map((e) => `${e.file}:${e.line} ${e.code} ${c.read(e.file).split('\n')[e.line - 1].slice(e.column - 1, e.column + 20)} ${e.text}`));
});
