import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Bundle } from './bundled';
import { type Installed, inOrder, keyOf, ROOT } from './installed';

const LICENCE_FILE = /^(?:licen[cs]e|notice|copying)(?:[.-]|$)/i;
const LINE = `\n${'-'.repeat(80)}\n\n`;

/** The licences of all packages whose code is in a bundle. Packages with the same text share it. */
export function notices(bundles: readonly Bundle[]): string {
  const byText = new Map<string, Installed[]>();
  for (const each of inOrder(bundles.flatMap(({ packages }) => packages))) {
    const text = textOf(each);
    byText.set(text, [...(byText.get(text) ?? []), each]);
  }
  const intro = [
    'The bundles of cdk-eu-residency contain code of the packages below, each under its licence.',
    '',
    ...bundles.map(({ file, packages }) => `${file}: ${packages.map(keyOf).join(', ') || 'none'}`),
  ].join('\n');
  const sections = [...byText].map(([text, packages]) => `${packages.map(lineOf).join('\n')}\n\n${text}\n`);
  return `${intro}\n${LINE}${sections.join(LINE)}`;
}

const lineOf = (each: Installed) => `${keyOf(each)} (${each.license})`;

function textOf({ place, license }: Installed): string {
  const folder = path.join(ROOT, place);
  const files = readdirSync(folder)
    .filter((name) => LICENCE_FILE.test(name))
    .sort();
  if (files.length > 0) return files.map((name) => read(path.join(folder, name))).join('\n\n');
  // This text names no holder of a copyright, so that it is the same for every package; others aren't.
  if (license === 'Apache-2.0') return read(path.join(ROOT, 'LICENSE'));
  throw new Error(`${place} has no licence file, and the text of ${license} names its holders; bundle another package`);
}

const read = (file: string) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim();
