/** The help: one screen. */

import { flags } from './flags.js'

export function helpText(version: string): string {
  const rows = flags
    .filter((flag) => flag.name !== 'help' && flag.name !== 'version')
    .map(
      (flag) =>
        `  ${`${flag.short ? `-${flag.short}, ` : ''}--${flag.name}${flag.value ? `=${flag.value}` : ''}`.padEnd(22)} ${flag.says}`,
    )
  return `stormproof ${version}: runs your agent through simulated storms and shows which promises break

  npx stormproof [filter…]          run all scenarios, or those a filter matches
  npx stormproof report [folder]    the last record again, for any --reporter, without a run
  npx stormproof replay <token>     the same trial again, as a story (or --last)
  npx stormproof keep F1            keep a finding beside its scenario (keep list, keep prune)
  npx stormproof list               scenarios, faults, invariants (list faults; --json)
  npx stormproof explain <name>     an invariant, a fault or an exit code
  npx stormproof init ./agent.ts    a dry run of your agent, then a scenario to fill in
  npx stormproof init --from=t.json  a recorded conversation as a scenario
  npx stormproof doctor             prove on this machine that one seed gives the same bytes twice

${rows.join('\n')}

  npx stormproof checkout --trials=1000 --seed=nightly-7
  npx stormproof --faults hostile --time 5m
  npx stormproof list invariants --json
`
}
