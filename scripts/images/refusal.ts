import type { Page } from '../pages/page';
import { escapeXml } from './escape-xml';
import { REFUSED_REGION, type Recording, recordRefusal } from './record-refusal';

const COLUMNS = 100;
const SIZE = 14;
const LINE = 22;
const PADDING = 20;
const BAR = 34;

type Style = 'comment' | 'command' | 'output';

interface Line {
  readonly style: Style;
  readonly text: string;
}

/** The session as the lines of a terminal. */
function linesOf({ change, line, command, output, exitCode }: Recording): Line[] {
  return [
    { style: 'comment', text: `# line ${line} of residency.yaml is now: ${change}` },
    { style: 'command', text: command },
    ...output.flatMap(wrapped).map((text): Line => ({ style: 'output', text })),
    { style: 'command', text: 'echo $?' },
    { style: 'output', text: `${exitCode}` },
  ];
}

/** A text in lines of at most `COLUMNS`, broken between words. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.pop();
    if (last === undefined) lines.push(word);
    else if (`${last} ${word}`.length > COLUMNS) lines.push(last, word);
    else lines.push(`${last} ${word}`);
  }
  return lines;
}

function drawLine({ style, text }: Line, index: number): string {
  const prompt = style === 'command' ? '<tspan class="prompt">$</tspan> ' : '';
  const content = escapeXml(text).replaceAll(REFUSED_REGION, `<tspan class="refused">${REFUSED_REGION}</tspan>`);
  return `    <text x="${PADDING}" y="${BAR + PADDING + index * LINE}" class="${style}">${prompt}${content}</text>`;
}

function draw(lines: readonly Line[]): string {
  const width = Math.ceil(COLUMNS * SIZE * 0.605) + 2 * PADDING;
  const height = BAR + 2 * PADDING + (lines.length - 1) * LINE;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
  <title>A primary Region of ${REFUSED_REGION} is refused at synth</title>
  <desc>${escapeXml(lines.map(({ style, text }) => (style === 'command' ? `$ ${text}` : text)).join('\n'))}</desc>
  <style>
    text { font: ${SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; white-space: pre; }
    .comment { fill: #9198a1; }
    .command { fill: #f0f6fc; font-weight: 600; }
    .output { fill: #d1d7e0; }
    .prompt { fill: #56d364; }
    .refused { fill: #ff7b72; font-weight: 600; }
  </style>
  <rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#151b23" stroke="#656c76"/>
  <g fill="#656c76">
    <circle cx="20" cy="18" r="6"/>
    <circle cx="40" cy="18" r="6"/>
    <circle cx="60" cy="18" r="6"/>
  </g>
  <g>
${lines.map(drawLine).join('\n')}
  </g>
</svg>
`;
}

/** README's recorded refusal: the real output of the CLI and the app, drawn as a terminal. */
export const refusal: Page = {
  file: 'docs/images/refusal.svg',
  render: () => draw(linesOf(recordRefusal())),
};
