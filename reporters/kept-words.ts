/** What storms that kept every promise allow to say, and what those that did not. About these faults and this script, never about production. */

import { counted, grouped } from '../src/report/brief.js'
import type { CampaignRecord, ScenarioRecord } from '../src/report/record.js'
import { exactUpper } from '../src/report/statistics.js'

/** `300 storms of each scenario: under … fewer than 1 in 100 break a promise`; no bound where a storm broke one; undefined where a scenario had no storm. */
export function keptWords({ scenarios, preset }: CampaignRecord): string | undefined {
  const least = Math.min(...scenarios.map(({ storms }) => storms))
  if (scenarios.length === 0 || least === 0) return undefined
  const each = `${grouped(least)} storms${scenarios.length > 1 ? ' of each scenario' : ''}`
  if (scenarios.some(({ survived, storms }) => survived < storms)) return each
  const oneIn = Math.max(1, Math.floor(1 / exactUpper(0, least)))
  return `${each}: under \`${preset}\` faults fewer than 1 in ${grouped(oneIn)} break a promise (95 %)`
}

/** `Of 900 simulated storms 7 broke a promise, in 3 ways`; `ways`: how many findings nobody has declared. */
export function brokenWords({ scenarios }: CampaignRecord, ways: number): string {
  const total = (of: (one: ScenarioRecord) => number): number => scenarios.reduce((sum, one) => sum + of(one), 0)
  const storms = total((one) => one.storms)
  const broken = total((one) => one.storms - one.survived - one.unknown)
  if (broken === 0)
    return `No storm of ${grouped(storms)} broke a promise, but ${counted(ways, 'thing')} beside them did`
  return `Of ${grouped(storms)} simulated storms ${grouped(broken)} broke a promise, in ${counted(ways, 'way')}`
}
