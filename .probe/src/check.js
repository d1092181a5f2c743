/** `stormproof/check`: judges the history of an agent, one's own or recorded elsewhere. */
export { judge } from './check/judge.js';
