/** Where a reported bug comes up, when that is not where its mutant is hunted. */

import type { Preserve } from '../mutant/preserves.js'
import { checkoutWith } from '../mutant/scenarios/checkout-with.js'
import { errand, twoAtOnce } from '../mutant/scenarios/office.js'
import { permits } from '../mutant/scenarios/permits.js'
import { reviewed } from '../mutant/scenarios/reviewed.js'
import { desk } from './desk.js'

/** A letter, and beside it a permit for which a person is asked. */
export const letterBesidePermit: Preserve = (change) => desk('letter-beside-permit', [['post', 'issue']], change)

/** Beside a letter, a permit that is denied. */
export const letterBesideDenial: Preserve = (change) =>
  desk('letter-beside-denial', [['post', 'issue']], change, 'deny')

/** Two letters, one after the other, and then a permit for which a person is asked. */
export const lettersThenPermit: Preserve = (change) =>
  desk('letters-then-permit', [['post'], ['post'], ['issue']], change)

export const permit: Preserve = (change) => permits({ name: 'permit', approvers: ['lead'] }, change)

export const twoPermits: Preserve = (change) =>
  permits({ name: 'two-permits', approvers: ['lead'], ids: ['P-1', 'P-2'] }, change)

/** Two look-ups, one after the other. */
export const twoLooks: Preserve = (change) => errand({ name: 'two-looks', turns: [['look'], ['look']] }, change)

/** As many turns as it takes, and not one more. */
export const lastTurn: Preserve = (change) =>
  errand({ name: 'last-turn', turns: [['look']], limits: { turns: 2 } }, change)

export const review: Preserve = (change) => reviewed('reviewed', change)

/** Eight look-ups at once. */
export const manyLooks: Preserve = (change) =>
  errand({ name: 'many-looks', turns: [['look', 'look', 'look', 'look', 'look', 'look', 'look', 'look']] }, change)

/** A result that comes late finds the run still going. */
export const letterAndNap: Preserve = (change) =>
  errand({ name: 'letter-and-nap', turns: [['post'], ['nap'], ['look']] }, change)

/** Two calls at once, under a model that looks at nothing. */
export const both: Preserve = (change) => twoAtOnce('both', change)

export const letterAndSurvey: Preserve = (change) =>
  errand({ name: 'letter-and-survey', turns: [['post', 'survey']] }, change)

/** A look-up that finds something about errors. */
export const lookForErrors: Preserve = (change) =>
  errand({ name: 'look-for-errors', turns: [['look']], about: 'error' }, change)

export const letterOfThree: Preserve = (change) =>
  errand({ name: 'letter-of-three', turns: [['post'], ['look']], limits: { turns: 3 } }, change)

export const checkout: Preserve = (change) => checkoutWith('checkout', change)
