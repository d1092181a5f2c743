/** The reporters by name: what each prints, and what it writes beside the record. A new one is one file and one line here. */

import type { ReporterName } from '../src/report/config.js'
import type { CampaignRecord } from '../src/report/record.js'
import { agentReport } from './agent.js'
import { type ConsoleOptions, consoleReport } from './console.js'
import { ctrfReport } from './ctrf.js'
import { githubReport } from './github.js'
import { htmlReport } from './html.js'
import { junitReport } from './junit.js'
import { markdownReport } from './markdown.js'
import { mermaidReport } from './mermaid.js'
import { ndjsonReport } from './ndjson.js'
import { otlpReport } from './otlp.js'
import { perfettoReport } from './perfetto.js'
import { sarifReport } from './sarif.js'
import { shivizReport } from './shiviz.js'
import { type Histories, tracedOf } from './traced.js'

export interface PrintOptions extends ConsoleOptions {
  /** Makes a path of the record absolute. */
  readonly at: (path: string) => string
}

export interface BuiltIn {
  print?(record: CampaignRecord, options: PrintOptions): string
  /** A file in the folder of the campaign. */
  readonly file?: {
    readonly name: string
    text(record: CampaignRecord, histories: Histories, epochMs?: number): string
  }
  /** Markdown for the page of a job, where the CI has one and so many bytes are left on it. */
  summary?(record: CampaignRecord, mostBytes: number): string
}

export const reporters: Readonly<Record<ReporterName, BuiltIn>> = {
  console: { print: consoleReport },
  agent: { print: (record, { at }) => agentReport(record, at) },
  ndjson: { file: { name: 'report.ndjson', text: (record) => ndjsonReport(record) } },
  html: { file: { name: 'index.html', text: htmlReport } },
  junit: { file: { name: 'junit.xml', text: junitReport } },
  ctrf: { file: { name: 'ctrf.json', text: ctrfReport } },
  markdown: { file: { name: 'report.md', text: (record) => markdownReport(record) } },
  github: {
    print: githubReport,
    summary: (record, mostBytes) => markdownReport(record, { mostBytes, diagrams: 3 }),
  },
  sarif: { file: { name: 'stormproof.sarif', text: sarifReport } },
  mermaid: { file: { name: 'diagrams.md', text: mermaidReport } },
  shiviz: { file: { name: 'shiviz.log', text: (record, histories) => shivizReport(tracedOf(record, histories)) } },
  perfetto: { file: { name: 'trace.json', text: (record, histories) => perfettoReport(tracedOf(record, histories)) } },
  otlp: {
    file: {
      name: 'otlp.json',
      text: (record, histories, epochMs) =>
        otlpReport(tracedOf(record, histories), record.environment.stormproof, epochMs),
    },
  },
}
