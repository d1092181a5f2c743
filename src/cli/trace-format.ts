/** The formats of traces, each from one trial. */

import { sequenceDiagram } from '../../reporters/mermaid.js'
import { otlpReport } from '../../reporters/otlp.js'
import { perfettoReport } from '../../reporters/perfetto.js'
import { shivizReport } from '../../reporters/shiviz.js'
import type { Traced } from '../../reporters/traced.js'
import { everyLine } from '../report/story-lines.js'
import { packageVersion } from './version.js'

export const traceFormats = ['perfetto', 'otlp', 'shiviz', 'mermaid'] as const
export type TraceFormat = (typeof traceFormats)[number]

export const traceTexts: Readonly<Record<TraceFormat, (trial: Traced, epochMs?: number) => string>> = {
  perfetto: (trial) => perfettoReport([trial]),
  otlp: (trial, epochMs) => otlpReport([trial], packageVersion(), epochMs),
  shiviz: (trial) => shivizReport([trial]),
  mermaid: ({ events }) => sequenceDiagram(everyLine(events), 'services'),
}
