/** Loads TypeScript as it stands in the project: by jiti, with the paths of its tsconfig, and with our own modules in place of a second copy. */
import { createJiti } from 'jiti';
/** Modules that mean something to a bundler alone. */
const empty = { 'server-only': {}, 'client-only': {} };
/** `own`: modules by specifier that imports are answered with. One loader shares its modules between files. */
export function moduleLoader(folder, own) {
    const jiti = createJiti(`${folder}/stormproof.js`, {
        virtualModules: { ...empty, ...own },
        tsconfigPaths: true,
        fsCache: false,
        interopDefault: true,
    });
    return (file) => jiti.import(file);
}
