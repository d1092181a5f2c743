/** Somebody who writes into a log: once in a trial, into the arguments of a call that waits for its approval or has it. */

import { digest } from '../../core/digest.js'
import type { EventOf, Intent, LogEvent } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import type { Store } from '../../core/store.js'
import type { Scope } from '../../kernel/scope.js'
import { editArgs } from '../fault/approval/edit-args.js'
import { planFault } from '../fault/note.js'
import { picker } from '../fault/picker.js'
import { knownOutcomes, type Setting } from '../setting.js'

const faults = [editArgs.name]
const site = 'run/edit-args'
/** Before anybody has decided. */
const soonMs = 20

export interface Editor {
  /** The log as whoever opens it finds it. */
  readonly edited: (store: Store) => Store
  /** Told what becomes durable. */
  readonly see: (event: LogEvent) => void
}

/** `again` runs the session once more beside, so that the log is read before anybody decides. Undefined: nobody writes there. */
export function logEditor(setting: Setting, editor: Scope, again: () => void): Editor | undefined {
  const { world } = setting
  const offered = knownOutcomes(setting, faults)
  if (world.tape.pick(site, 'outcome', offered) === 0) return undefined
  const pick = picker(world, site, editArgs)
  const [when, change] = [pick('when'), pick('change')]
  let left = Number(pick('which'))
  const note = planFault(world, editArgs.name, site, when, editor)
  let asked: EventOf<'approval-requested'> | undefined
  let isOpen = false
  let hasEdited = false
  const isDecided = (): boolean =>
    world.events.some((event) => event.type === 'decision-sent' && event.approval === asked?.approval)
  const edit = (events: readonly LogEvent[]): readonly LogEvent[] => {
    hasEdited ||= isOpen && !world.tape.calm && isDecided() === (when === 'after-decision')
    const call = asked?.call
    if (!hasEdited || call === undefined) return events
    note.landed()
    return events.map((event) =>
      event.type === 'batch-open'
        ? { ...event, calls: event.calls.map((one) => (one.call === call ? written(one, change) : one)) }
        : event,
    )
  }
  return {
    edited: (store) => ({
      ...store,
      open: (...given) => store.open(...given).then((loaded) => ({ ...loaded, events: edit(loaded.events) })),
      read: (session) => store.read(session).then((loaded) => ({ ...loaded, events: edit(loaded.events) })),
    }),
    see: (event) => {
      if (event.type === 'approval-requested' && --left === 0) {
        asked = event as EventOf<'approval-requested'>
        isOpen = true
        if (when === 'after-request') world.timer(soonMs, () => void (world.tape.calm || again()))
      } else if ('call' in event && event.call === asked?.call && ends.has(event.type)) isOpen = false
    },
  }
}

/** From then on it has started, or will not. */
const ends: ReadonlySet<string> = new Set(['approval-consumed', 'call-rejected', 'call-settled'])

/** One field is another, or there is one more; the digest is that of what is there now. */
function written(intent: Intent, change: string): Intent {
  const fields = { ...(intent.args as Readonly<Record<string, Json>>) }
  const [name] = Object.keys(fields)
  if (change === 'key' || name === undefined) fields['added to the log'] = true
  else fields[name] = other(fields[name] as Json)
  return { ...intent, args: fields, argsDigest: digest(fields) }
}

function other(value: Json): Json {
  if (typeof value === 'number') return value + 1
  return typeof value === 'string' ? `${value}9` : !value
}
