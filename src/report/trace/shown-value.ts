/** A value of a tool or a service in a few masked characters: long texts are cut before anybody looks at them. */

import { mask } from '../../core/mask.js'
import { forTerminal } from '../../core/sanitize.js'
import { brief, cut } from '../brief.js'
import { longestField, small } from '../small.js'

/** At most 120 characters, one line, without secrets that are known by their name or their shape. */
export const shownValue = (value: unknown): string => forTerminal(brief(mask(small(value)), 120))

/** At most `limit` characters of a text, one line, masked. */
export const shownText = (text: string, limit = 120): string =>
  cut(forTerminal(String(mask(cut(text, Math.max(longestField, limit))))), limit)
