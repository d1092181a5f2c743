import { exchange } from './exchange.js'
export default exchange('shared', { breaker: { failures: 1, resetMs: 1_000, shared: true }, budget: { tokens: 100_000, pool: { name: 'p', tokens: 350_000 } } } as any, (a) => a)
