/** How the page looks: light and dark, narrow and wide, on paper. Blue and orange, never colour alone. */

export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f5f6f8; --line: #d5d9e0; --text: #1c2330; --quiet: #545d6e;
  --good: #1f5fae; --good-soft: #e3edf9; --bad: #a84300; --bad-soft: #fdebdd; --bad-mid: #f6c49c; --open: #6b5300; --open-soft: #f8f0d0;
  --mono: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171d; --panel: #1d222b; --line: #343b47; --text: #e5e8ee; --quiet: #a3adbd;
    --good: #8fbdf5; --good-soft: #1b2f4a; --bad: #ffb07a; --bad-soft: #44250f; --bad-mid: #7a4216; --open: #e9cf6f; --open-soft: #3a3212;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 1320px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 28px; }
a { color: var(--good); }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 6px; }
h2 { font-size: 18px; margin: 36px 0 10px; }
h3 { font-size: 16px; margin: 0 0 4px; }
.scroll + h3 { margin-top: 22px; }
h4 { font-size: 14px; margin: 18px 0 4px; }
p { margin: 4px 0; }
.quiet { color: var(--quiet); }
.small { font-size: 13px; }
code, .mono { font-family: var(--mono); font-size: 13px; }
:focus-visible { outline: 3px solid var(--good); outline-offset: 2px; }
.lead { font-size: 17px; margin: 0 0 10px; max-width: 78ch; }
.badge { display: inline-block; font-weight: 650; padding: 1px 10px; border-radius: 4px; border: 1px solid currentColor; }
.pass { color: var(--good); background: var(--good-soft); }
.fail { color: var(--bad); background: var(--bad-soft); }
.open { color: var(--open); background: var(--open-soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(225px, 1fr)); gap: 12px; margin: 20px 0 0; padding: 0; list-style: none; }
.tile { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; }
.tile b { display: block; font-size: 22px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); font-size: 13px; padding-bottom: 6px; }
th, td { text-align: left; padding: 5px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; }
.matrix td, .matrix th[scope=col] { text-align: right; white-space: nowrap; }
.matrix th[scope=col]:first-child { text-align: left; }
.matrix th[scope=row] { font-family: var(--mono); font-size: 13px; font-weight: 400; white-space: nowrap; }
.hit { background: var(--bad-soft); color: var(--bad); font-weight: 650; }
.hit.more { background: var(--bad-mid); color: var(--text); }
.hit.much { background: var(--bad); color: var(--paper); }
.rows { border-bottom: 1px solid var(--line); padding: 8px 0; }
.beside { display: grid; grid-template-columns: minmax(0, 1fr) 330px; gap: 0 36px; }
.beside ul { margin: 0; padding-left: 18px; font-size: 14px; overflow-wrap: anywhere; }
.beside li { margin-bottom: 6px; }
.beside li b { font-weight: 600; }
.cards { list-style: none; margin: 0; padding: 0; }
.cards > li { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 14px; align-items: start; padding: 10px 0; border-bottom: 1px solid var(--line); }
.cards > li:first-child { padding-top: 0; }
.cards a { font-weight: 600; }
.cards .copy { margin-top: 4px; }
.cards .copy code { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.never { color: var(--quiet); }
article { border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px; margin: 0 0 16px; }
article:target { border-color: var(--good); box-shadow: 0 0 0 2px var(--good-soft); }
article > header { padding: 0; display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 12px 0; }
dt { color: var(--quiet); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.copy { display: flex; gap: 8px; align-items: flex-start; }
.copy code { flex: 1; background: var(--panel); border-radius: 4px; padding: 4px 8px; overflow-wrap: anywhere; }
button { font: inherit; font-size: 13px; color: var(--text); background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: 3px 10px; cursor: pointer; }
.story { table-layout: fixed; min-width: 760px; }
.story td, .story th { border-bottom: 0; padding: 4px 6px; }
.story .time { width: 84px; padding-right: 16px; text-align: right; color: var(--quiet); white-space: nowrap; }
.story .link { width: 58px; padding: 0; text-align: center; color: var(--quiet); }
.story .lane { font-family: var(--mono); font-size: 13px; border-left: 2px solid var(--line); overflow-wrap: anywhere; position: relative; padding-left: 14px; }
.story .lane.dot::before { content: ''; position: absolute; left: -6px; top: 9px; width: 10px; height: 10px; border-radius: 50%; background: var(--good); }
.story tr.fault .lane.dot::before { background: var(--open); border-radius: 2px; }
.story tr.broken .lane.dot::before { background: var(--bad); }
.story tr.broken .lane { color: var(--bad); font-weight: 650; }
.story tr.fault .lane { color: var(--open); }
.story svg { display: block; width: 58px; height: 24px; }
details summary { cursor: pointer; }
.moment > details { border-top: 1px solid var(--line); padding: 6px 0; }
.moment > details[open] { padding-bottom: 14px; }
.prompt { list-style: none; margin: 0; padding: 0; }
.prompt li { display: grid; grid-template-columns: 14px 78px 1fr; gap: 8px; padding: 2px 6px; border-left: 3px solid transparent; }
.prompt .mono { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
.prompt .new { border-color: var(--good); background: var(--good-soft); }
.prompt .gone { border-color: var(--line); }
.prompt .gone .mono { text-decoration: line-through; color: var(--quiet); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
pre { font-family: var(--mono); font-size: 13px; background: var(--panel); border-radius: 4px; padding: 8px 12px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; margin: 6px 0; }
.chart { max-width: 560px; width: 100%; height: auto; }
.chart text { fill: var(--quiet); font: 12px system-ui, sans-serif; }
footer { padding: 24px; color: var(--quiet); font-size: 13px; }
@media (max-width: 900px) { .beside { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 640px) {
  header, main { padding-left: 14px; padding-right: 14px; }
  h1 { font-size: 21px; }
  .tiles { grid-template-columns: 1fr 1fr; gap: 8px; }
  .tile { padding: 8px 10px; }
  .tile b { font-size: 18px; }
  article { padding: 12px; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: 8px; }
  .story { min-width: 0; }
  .story, .story caption, .story tbody { display: block; }
  .story thead, .story .link, .story .lane:not(.dot) { display: none; }
  .story tr { display: grid; grid-template-columns: 58px minmax(0, 1fr); }
  .story .time { grid-column: 1; grid-row: 1 / span 3; width: auto; padding: 4px; text-align: left; }
  .story .lane { grid-column: 2; }
  .story .lane.dot::after { content: attr(data-lane); display: block; color: var(--quiet); font: 11px system-ui, sans-serif; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
[hidden] { display: none; }
.search input { font: inherit; color: var(--text); background: var(--paper); border: 1px solid var(--quiet); border-radius: 4px; padding: 3px 8px; margin-right: 8px; min-width: 220px; }
dialog { color: var(--text); background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 8px 24px 20px; }
dialog::backdrop { background: #0008; }
dialog h2 { margin-top: 12px; }
kbd { font-family: var(--mono); border: 1px solid var(--line); border-radius: 4px; padding: 0 6px; color: var(--text); }
@media print {
  :root {
    color-scheme: light;
    --paper: #ffffff; --panel: #f5f6f8; --line: #b9bfca; --text: #000000; --quiet: #454d5c;
    --good: #1f5fae; --good-soft: #e3edf9; --bad: #a84300; --bad-soft: #fdebdd; --bad-mid: #f6c49c; --open: #6b5300; --open-soft: #f8f0d0;
  }
  body { font-size: 11px; print-color-adjust: exact; }
  button, .skip, .search { display: none; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  h2, h3, h4, summary, .lead { break-after: avoid; }
  tr, .tile, .cards > li, svg { break-inside: avoid; }
  .scroll { overflow: visible; }
  .story { min-width: 0; }
  .cards .copy code { white-space: normal; }
  .beside { grid-template-columns: minmax(0, 1fr) 200px; }
}
`
