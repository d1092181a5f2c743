/** What is wrong with the scenarios themselves. */

import type { CampaignRecord, ScenarioRecord } from '../../src/report/record.js'
import { element, fragment, type Html } from './element.js'

export function troubles({ scenarios }: CampaignRecord): Html | undefined {
  const items = scenarios.flatMap((scenario) => [
    ...scenario.problems.map(({ kind, what, where, remedy }) =>
      element(
        'article',
        { tabindex: -1 },
        element('h3', {}, `${scenario.name}: ${kind}`),
        element('p', {}, what),
        where !== '' && element('p', { class: 'mono' }, where),
        remedy !== '' && element('p', {}, `→ ${remedy}`),
      ),
    ),
    ...(scenario.nondeterminism ? [differed(scenario)] : []),
  ])
  return items.length === 0 ? undefined : fragment(element('h2', {}, 'About the scenarios'), items)
}

function differed({ name, nondeterminism }: ScenarioRecord): Html {
  const { seed = '', seq = 0, first = '', second = '', where = '', state = [] } = nondeterminism ?? {}
  return element(
    'article',
    { tabindex: -1 },
    element('h3', {}, `${name} is not repeatable`),
    element(
      'p',
      {},
      `${seed === '' ? 'The calm day' : `Seed ${seed}`} gave another history the second time, first at event ${seq}${where === '' ? '' : `, ${where}`}.`,
    ),
    element('pre', {}, `first   ${first}\nsecond  ${second}`),
    ...state.map(({ at, line }) => element('p', { class: 'mono' }, `${at}  ${line}`)),
  )
}
