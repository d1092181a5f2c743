/** A file of the repository as the rules see it: its path from the root, its text, and its syntax when it is code. */
import { parse } from './syntax.js';
export class SourceFile {
    /** From the root, with forward slashes. */
    path;
    text;
    #syntax;
    #lineStarts;
    constructor(path, text) {
        this.path = path;
        this.text = text;
    }
    get isCode() {
        return /\.(ts|js|mjs)$/.test(this.path);
    }
    get syntax() {
        this.#syntax ??= parse(this.path, this.text);
        return this.#syntax;
    }
    /** Lines of text; the line break at the end begins no further one. */
    get lines() {
        return this.text.replace(/\n$/, '').split('\n').length;
    }
    /** The line of an offset, from 1. */
    lineAt(offset) {
        this.#lineStarts ??= [0, ...[...this.text.matchAll(/\n/g)].map((found) => found.index + 1)];
        let line = this.#lineStarts.length;
        while (line > 1 && this.#lineStarts[line - 1] > offset)
            line--;
        return line;
    }
    /** Whether it lies in one of these folders or is one of these files. */
    isIn(places) {
        return places.some((place) => this.path === place || this.path.startsWith(`${place}/`));
    }
}
