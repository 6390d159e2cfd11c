import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Whether LibreOffice is on this machine. */
export const isInstalled = (): boolean => spawnSync('soffice', ['--version'], { stdio: 'ignore' }).status === 0;

/**
 * Opens files in LibreOffice, and saves each as one file of XML.
 *
 * @param folder for the results and for LibreOffice's own settings
 * @param format `fodt` for texts, `fods` for tables
 */
export function opened(files: readonly string[], folder: string, format: 'fodt' | 'fods', filter?: string): string[] {
  const args = [
    `-env:UserInstallation=file://${path.join(folder, 'settings')}`,
    '--headless',
    ...(filter === undefined ? [] : [`--infilter=${filter}`]),
    ...['--convert-to', format, '--outdir', folder, ...files],
  ];
  const { status, stderr } = spawnSync('soffice', args, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(`LibreOffice ended with ${status}: ${stderr.slice(-500)}`);
  return files.map((file) => readFileSync(path.join(folder, `${path.parse(file).name}.${format}`), 'utf8'));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of the elements in a part of an XML file. */
const textOf = (xml: string): string =>
  xml
    .replace(/<text:s text:c="(\d+)"\/>/g, (_, count) => ' '.repeat(Number(count)))
    .replace(/<text:s\/>/g, ' ')
    .replace(/<text:tab\/>/g, '\t')
    .replace(/<text:line-break\/>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole)
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

/** How often a cell is repeated. */
const timesOf = (attributes: string): number => Number(/number-columns-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);

const cellText = (xml: string): string =>
  [...xml.matchAll(/<text:p\b[^>]*?(?:\/>|>(.*?)<\/text:p>)/gs)].map(([, one = '']) => textOf(one)).join('\n');

/** The cells of each table, row by row. */
export const tablesIn = (xml: string): string[][][] =>
  [...xml.matchAll(/<table:table [^>]*>(.*?)<\/table:table>/gs)].map(([, table = '']) =>
    [...table.matchAll(/<table:table-row\b[^>]*>(.*?)<\/table:table-row>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<table:table-cell\b([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)].flatMap(
        ([, attributes = '', cell = '']) => Array<string>(timesOf(attributes)).fill(cellText(cell)),
      ),
    ),
  );

/** The headings and their level. */
export const headingsIn = (xml: string): (readonly [level: number, text: string])[] =>
  [...xml.matchAll(/<text:h [^>]*text:outline-level="(\d)"[^>]*>(.*?)<\/text:h>/gs)].map(([, level, text = '']) => [
    Number(level),
    textOf(text),
  ]);
