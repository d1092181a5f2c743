/** Every system of an agent runtime that this project has or will have, by the number that tests cite as `seed-<n>`. */

/** An issue of this project's series, as it is counted there. */
export type Issue = '3 of 8' | '4 of 8' | '5 of 8' | '6 of 8' | '7 of 8' | '8 of 8'

export interface System {
  readonly number: number
  readonly section: string
  readonly name: string
  /** The issue that brings what no test shows yet. */
  readonly comesWith?: Issue
}

/** A name alone, or with the issue that the system comes with. */
type Entry = string | readonly [name: string, comesWith: Issue]

const loop: readonly Entry[] = [
  'one control loop whose every branch follows from state',
  'a closed union of actions: tool calls, answer, hand-off',
  'a stateless model that is sent the whole history',
  'an explicit end for every run',
  'a limit of turns that nothing passes',
  'a limit of wall-clock time, for calls in flight too',
  'a limit of tokens, reserved before and charged after',
  'a last turn without tools that asks for the answer',
  'a reason of its own for a run out of turns',
  'statuses with legal transitions, the last ones final',
  'running an ended session again does nothing',
  'the start of a run recorded as events with times',
  'one fixed order of the steps of a turn',
  'stop reasons, and no call of a truncated answer',
  'assistant message with its calls, then their results, then the next turn',
  'latencies and costs as agents have them',
  'a model with latency, price and moods',
  'sessions that do not hold each other up',
  'cancelling at any moment, leaving a sound history',
  'streaming, where a part is never state',
  'a pure deciding function around an uncertain model',
  'the same loop on memory and on durable stores',
  'fallbacks for tools that are down',
  'no fault that goes unmentioned',
  'a bounded number of writes a turn',
]

const tools: readonly Entry[] = [
  'a registry that changes between turns',
  'versions of tools, pinned, with drift noticed',
  'a list of tools in one order',
  'approvals, rate limit and timeout per tool, all enforced',
  'the record of a call, projected from events',
  'the life of a call, settled once',
  'unknown tools answered with an error',
  'tools without an executor answered with an error',
  'schemas checked before anything runs',
  'malformed arguments, told to their call alone',
  'validation errors the model can correct itself by',
  'a limit of corrections, then compensation',
  'no tool without a schema',
  'arguments without empty keys before they are hashed',
  'policies on the meaning of arguments',
  'values that are plausible and wrong',
  'hallucinated tools, arguments and values',
  'garbage dressed as success refused by the output schema',
  'results cut to size, the rest kept by reference',
  'results cleaned and marked as untrusted',
  'results that are 0, empty, false or null',
  'authorisation by agent, tool and input',
  'rate limits in a sliding window',
  'three ready-made tools: fetch, update, send',
  'executors with timeout and abort signal',
  'timeouts by precedence: agent, tool, default',
  'no timer left behind',
  'executors that outlive their timeout',
  'an append-only audit of attempts',
  'call ids that come back unchanged',
  'only the executor touches the world',
  'tool choice and tool format left to the provider layer',
  'declared effects: read, write, irreversible',
  'confirmation before what cannot be undone',
]

const batches: readonly Entry[] = [
  'turn numbers that only grow',
  'state held back until the batch is complete',
  'all results of a turn before the next model call',
  'a turn as a transaction',
  'late results kept, and never shown',
  'one writer of state at a time',
  'conflicting calls of a batch in call order',
  'no model call while tools run',
  'completion order without influence',
  'independent calls side by side',
  'dependencies between calls, cycles refused',
  'siblings that survive a failed call',
  'a limit of calls in flight',
  'equal calls of one batch, told apart',
  'repeated call ids made unique',
]

const durability: readonly Entry[] = [
  'effects applied once however often they are asked for',
  'keys from the identity of a call alone',
  'stored results in place of running again',
  'durable records of steps, each with an id',
  'a checkpoint at every result and every answer',
  'recorded answers of the model, never asked for twice',
  'durability finer than a turn',
  'state saved where decisions fall',
  'saving at the end alone, caught',
  'a cache of reads, invalidated by writes',
  'no stale read after a write',
  'prompts rebuilt from the log',
  'versions that decide between racing writers',
  'appends that apply wholly or not at all',
  'a store that lists every unfinished session',
  'an absent session told from an absent store',
  'pauses of any length',
  'the price of state outside the process',
  'any worker may go on; the overtaken one is fenced',
  'nothing lost between turns',
  'intents durable before they are carried out',
  'a reaction for each class of failure',
]

const layers: readonly Entry[] = [
  'five layers around a tool, in one order',
  'one key for all attempts, the saga outside them',
  'three attempts, doubled delays, jitter',
  'jitter that spreads a herd',
  'retries as a strategy of the agent',
  'retries of passing failures alone',
  'waits as long as the service asks',
  'tools that throw without harm to the run',
  'retries for the store too',
  'a breaker that counts failures in a row',
  'a breaker with threshold 3 and 30 s',
  'one probe that closes the breaker or opens it again',
  'the text of an open breaker, and no request',
  'breakers by dependency',
  'validation that is nothing to the breaker',
  'a breaker shared by instances',
  'no building upon a partial success',
  'a declared worst case of attempts',
]

const sagas: readonly Entry[] = [
  'no order left half done',
  'compensation in reverse order',
  'a coordinator that lives in the log',
  'compensation when corrections run out',
  'compensations with keys of their own',
  'compensation of steps in doubt',
  'compensations that fail, listed for people',
  'irreversible steps, last and listed',
  'events, versions and sagas in place of two-phase commit',
  'no lock held over a model call',
  'the two orders as scenarios: tasks, and payment',
]

const approvals: readonly Entry[] = [
  'critical calls wait for approval',
  'requests for approval as events',
  'requests that expire',
  'approvers told, each once, without secrets',
  'every listed approver, and nobody else',
  'a denial with its reason, for good',
  'decisions on unknown requests refused',
  'request ids that never collide',
  'one approval that leaves its batch waiting',
  'approval that no instruction replaces',
  'plans approved before anything irreversible',
  'a question to the user when the task is unclear',
  'crashes while a decision is awaited',
]

const context: readonly Entry[] = [
  'long runs that stay in their budget',
  'a window that parts no pair',
  'summaries, and what to do without one',
  'references in place of long results',
  'budgets for each part of a prompt',
  'the threshold of compaction',
  'a warning before compaction',
  'room kept for the answer',
  'one compaction when the provider refuses a prompt',
  'exact sums of growth',
  'summaries of summaries, bounded',
  'texts to keep and texts to drop',
  'documents injected once',
  'bad results withdrawn from later prompts',
  'the difference between two contexts',
  'an estimate of tokens that is never too low',
]

const memory: readonly Entry[] = [
  'five tiers of memory with their latencies',
  'episodes that stay in their session',
  'similarity search that is repeatable',
  'versioned instructions',
  'a score of recency, importance and relevance',
  'items with text, time and importance',
  'conclusions that cite what they were drawn from',
  'memory written with the commit of its batch',
  'items that are forgotten in time',
]

const teams: readonly Entry[] = [
  'chain, route, scatter, orchestrate, run free: five combinators',
  'a second model that judges',
  'strategies of verification, from votes to citations',
  'hand-off with a filtered history and the rest of the budget',
  'subagents with a context of their own',
  'what a subagent says is untrusted',
  'no agent that grants itself anything',
  'joins of partial failures: all, quorum, any',
  'shared state between agents without lost updates',
  'limits of width, depth and cost of a team',
  'cancelling that reaches every child',
  'plans with steps, approvals and revisions',
  'examples: code review, research, support',
]

const security: readonly Entry[] = [
  'five classes of injection, counted each',
  'figures of attacks in one form, our own',
  'a filter on what comes in',
  'outliers in meaning, set apart',
  'ranks of trust in fences that data cannot forge',
  'a second opinion before acting, closed on failure',
  'limits of tools that hold whatever is said',
  'no secret in answers or arguments',
  'distrust that survives summaries and memory',
  'an output guard before users',
  'a query tool that only reads',
  'instructions of the system kept to itself',
]

const observability: readonly Entry[] = [
  'a trace of session, turns, model calls and tools',
  'figures of a session from its log',
  'figures of every turn',
  'figures of how a session went',
  'detectors of anomalies, exact',
  'loops with slightly different arguments',
  'counts in place of content, sink by sink',
  'masking, deep and by value',
  'the log lines of three protocols',
  'correlation ids across boundaries',
  'prompts replayed, and runs continued otherwise',
  'success rates and latencies of tools',
]

const capacity: readonly Entry[] = [
  'a hundred sessions before one provider with rate limits',
  'a budget of tokens that sessions share',
  'lanes that let resumed sessions go first',
  'a route over several providers',
  'a cache of equal prompts',
  ['the trade of latency against quality, reported', '5 of 8'],
  ['scores of correctness, economy, recovery and robustness', '5 of 8'],
  ['an interface of assertions for evaluation', '4 of 8'],
  'whole runs replayed, since temperature 0 is not enough',
  'bounded exhaustive proof of scope and termination',
  ['tools of MCP servers', '3 of 8'],
  'a kernel that is read in one sitting',
  'workflows and agents with equal effects',
  'every fault upon every tool',
  'ten points before production, all covered',
]

const sections: readonly (readonly [section: string, entries: readonly Entry[]])[] = [
  ['Loop, state, termination', loop],
  ['Tools', tools],
  ['Batches and late results', batches],
  ['Idempotency, checkpoints, storage', durability],
  ['Retry, breaker, layers', layers],
  ['Sagas', sagas],
  ['Approvals', approvals],
  ['Context', context],
  ['Memory', memory],
  ['Teams, plans, patterns', teams],
  ['Security', security],
  ['Observability', observability],
  ['Capacity, evaluation, and the whole', capacity],
]

/** In the order of their numbers, from 1, without a gap. */
export const systems: readonly System[] = sections
  .flatMap(([section, entries]) => entries.map((entry) => ({ section, entry })))
  .map(({ section, entry }, index) => {
    const number = index + 1
    if (typeof entry === 'string') return { number, section, name: entry }
    const [name, comesWith] = entry
    return { number, section, name, comesWith }
  })
