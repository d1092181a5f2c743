/** The help: one screen for a newcomer, one for everything else. */

import { type Flag, flags } from './flags.js'

const rowsOf = (some: readonly Flag[]): string =>
  some
    .map(
      (flag) =>
        `  ${`${flag.short ? `-${flag.short}, ` : ''}--${flag.name}${flag.value ? `=${flag.value}` : ''}`.padEnd(22)} ${flag.says}`,
    )
    .join('\n')

const quiet = ['help', 'version']

export const helpText = (
  version: string,
): string => `stormproof ${version}: runs your agent through simulated storms and shows which promises break

  npx stormproof [filter…]          run all scenarios, or those a filter matches
  npx stormproof report [folder]    the last record again, for any --reporter, without a run
  npx stormproof replay <token>     the same trial again, as a story (or --last)
  npx stormproof tool ./refund.ts   one tool put to the test, clause by clause (#export of several)
  npx stormproof keep F1            keep a finding beside its scenario (keep list, keep prune)
  npx stormproof list               scenarios, faults, invariants, relations (--json)
  npx stormproof explain <name>     an invariant, a fault, a relation or an exit code
  npx stormproof init ./agent.ts    a dry run of your agent, then a scenario to fill in
  npx stormproof init --from=t.json  a recorded conversation as a scenario
  npx stormproof doctor             prove on this machine that one seed gives the same bytes twice
  npx stormproof help more          shards, comparison, traces, completions

${rowsOf(flags.filter(({ name, more }) => !more && !quiet.includes(name)))}

  npx stormproof checkout --trials=1000 --seed=nightly-7
  npx stormproof list invariants --json
`

export const moreHelpText = (): string => `What CI and tools need:

  npx stormproof resume [folder]    a campaign that was cut short, from where it stood
  npx stormproof merge <folder…>    the shards of one campaign as one record
  npx stormproof diff <a> [b]       what is new, gone or the same in b, or the last campaign
  npx stormproof trace F1           a finding as a trace, on stdout (or trace <token>)
  npx stormproof replay <token> --until=3.2s --print=prompt,ledger
  npx stormproof fork <token> --until=3.2s  the trial up to there, and --trials=100 ways on from it
  npx stormproof completion bash    completions for bash, zsh or fish

${rowsOf(flags.filter(({ more }) => more))}

  npx stormproof --trials=4000 --time=20m --shard=1/4 --out=shard
  npx stormproof merge shards --reporter=console,html,junit
  npx stormproof trace F1 --format=mermaid
  source <(npx stormproof completion bash)
  npx stormproof --baseline=main-record
`
