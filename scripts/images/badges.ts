import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '../pages/page';
import { escapeXml } from './escape-xml';

interface Manifest {
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

/** The kinds of tests that the badge names, each with the script that runs them. */
const KINDS: Readonly<Record<string, string>> = {
  unit: 'test',
  property: 'test:deep',
  conformance: 'test:conformance',
  deploy: 'test:deploy',
  mutation: 'test:mutation',
};

const BADGES: Readonly<Record<string, (manifest: Manifest) => [label: string, value: string]>> = {
  license: ({ license }) => ['license', license],
  node: ({ engines }) => ['Node.js', engines.node],
  cdk: ({ peerDependencies }) => ['aws-cdk-lib', peerDependencies['aws-cdk-lib'] ?? missing('aws-cdk-lib')],
  tests: ({ scripts }) => [
    'tests',
    Object.keys(KINDS)
      .filter((kind) => scripts[KINDS[kind] ?? ''])
      .join(' | '),
  ],
};

function missing(name: string): never {
  throw new Error(`package.json has no peer dependency '${name}'; its badge needs one`);
}

const PADDING = 7;

/** Widths in Verdana at 11 pixels; every other character is about as wide as an `n`. */
const WIDTHS: readonly [characters: RegExp, width: number][] = [
  [/[ijl]/, 3],
  [/[ .,frt-]/, 4.3],
  [/[|cs]/, 5.4],
  [/[mwMW<>=^]/, 9.5],
];

const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, character) => sum + (WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? 6.8),
    0,
  );

function draw(label: string, value: string): string {
  const [left, right] = [label, value].map((text) => Math.round(widthOf(text)));
  const split = (left ?? 0) + 2 * PADDING;
  const width = split + (right ?? 0) + 2 * PADDING;
  const text = (at: number, length: number | undefined, content: string) =>
    `    <text x="${at + PADDING}" y="14" textLength="${length}">${escapeXml(content)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${escapeXml(`${label}: ${value}`)}">
  <title>${escapeXml(`${label}: ${value}`)}</title>
  <clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath>
  <g clip-path="url(#r)">
    <rect width="${split}" height="20" fill="#4d5561"/>
    <rect x="${split}" width="${width - split}" height="20" fill="#1f4fa3"/>
  </g>
  <g fill="#fff" font-family="Verdana, DejaVu Sans, Geneva, sans-serif" font-size="11">
${text(0, left, label)}
${text(split, right, value)}
  </g>
</svg>
`;
}

/** README's badges, drawn from `package.json` so that they stay current. */
export const badges: readonly Page[] = Object.entries(BADGES).map(([name, facts]) => ({
  file: `docs/images/badge-${name}.svg`,
  render: () => draw(...facts(JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8')))),
}));
