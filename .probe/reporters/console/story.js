/** A story as a table of three lanes, or as a list where the terminal is too narrow for a table. */
import { cells, clip, pad } from './columns.js';
const timeWidth = 9;
const flows = { request: ' ──▶ ', answer: ' ⚡  ', none: '     ' };
export function storyLines(story, width, paint) {
    if (story.lines.length === 0)
        return [];
    const rows = width < 84 ? story.lines.map((line) => narrow(line, width, paint)) : table(story, width, paint);
    const more = story.hidden > 0 ? [paint('dim', `     … ${story.hidden} more moments are in the history of the finding`)] : [];
    return [...rows, ...more];
}
function table(story, width, paint) {
    const left = width - 5 - timeWidth - 2 - 5;
    const model = columnWidth(story.lines.map((line) => line.model), 12, Math.floor(left * 0.3));
    const tools = columnWidth(story.lines.map((line) => (line.flow === 'answer' ? `◀── ${line.tools}` : line.tools)), 16, Math.floor(left * 0.34));
    const backend = left - model - tools - 1;
    const head = `     ${'time'.padStart(timeWidth)}  ${pad('model', model)} ${pad('tools', tools)}     ${clip(`${story.backend} (what truly happened)`, backend)}`;
    return [paint('dim', head), ...story.lines.map((line) => row(line, { model, tools, backend }, paint))];
}
function row(line, widths, paint) {
    const left = `     ${time(line.vt)}  ${pad(line.model, widths.model)} `;
    // Where only the tools speak, they may use the room of the lane beside them.
    if (line.backend === '' && line.flow === 'none')
        return mark(line, `${left}${clip(line.tools, widths.tools + widths.backend + 5)}`.trimEnd(), paint);
    const tools = line.flow === 'answer' ? `◀── ${line.tools}` : line.tools;
    return mark(line, `${left}${pad(tools, widths.tools)}${line.flow === 'answer' && line.mark !== 'fault' ? flows.none : flows[line.flow]}${clip(line.backend, widths.backend)}`.trimEnd(), paint);
}
function narrow(line, width, paint) {
    const arrow = line.flow === 'answer' ? '◀── ' : '';
    const parts = [line.model, `${arrow}${line.tools}`, line.backend].filter((part) => part.trim() !== '');
    return mark(line, clip(`   ${time(line.vt)}  ${parts.join(line.flow === 'request' ? ' ──▶ ' : '  ')}`, width), paint);
}
const mark = (line, text, paint) => line.mark === 'broken' ? paint('red', text) : line.mark === 'fault' ? paint('yellow', text) : text;
/** As wide as its longest text, within bounds. */
function columnWidth(texts, least, most) {
    return Math.max(least, Math.min(most, Math.max(0, ...texts.map((text) => cells(text))) + 1));
}
const time = (vt) => `${(vt / 1000).toFixed(1)} s`.padStart(timeWidth);
