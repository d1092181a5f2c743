/** `stormproof/reporters`: the reporters that come with stormproof, and the type of one's own. */
export { consoleReport } from '../reporters/console.js';
export { ndjsonReport } from '../reporters/ndjson.js';
