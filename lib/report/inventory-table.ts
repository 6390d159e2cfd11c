import { hanging, wrap } from '../guard/report/wrap';
import { basisText } from './basis-text';
import { lineGroups } from './columns';
import { EU_OWNED_ONLY, externalText } from './external-text';
import { grouped, type InventoryGroup } from './inventory-groups';
import type { DestinationLine, InventoryLine } from './inventory-line';

/** How an inventory is printed. */
export interface InventoryTableOptions {
  /**
   * Columns of the output.
   *
   * @default - as wide as its lines are, each store in one line
   */
  readonly width?: number;
  /**
   * Whether every store has a row of its own, however narrow the output is.
   *
   * @default false
   */
  readonly all?: boolean;
  /**
   * Emphasises headings.
   *
   * @default - plain text
   */
  readonly emphasise?: (text: string) => string;
}

/** The option of the CDK CLI that prints every store. */
const EVERY_STORE = '-c residency:inventory=all';

/** In less than this, similar stores share a row. */
export const WIDE = 140;

/** The inventory as a table for a terminal: a row for each store or gateway, and below a gateway its destinations. */
export function inventoryTable(lines: readonly InventoryLine[], options: InventoryTableOptions = {}): string {
  const { width = Number.POSITIVE_INFINITY, all = false, emphasise = (text: string) => text } = options;
  const isGrouped = width < WIDE && !all;
  const body = isGrouped ? byRegion(lines, width, emphasise) : byStack(lines, width, emphasise);
  return [
    ...body,
    ...countries(lines).flatMap((line) => wrap(line, width)),
    ...(lines.some(({ euOwnedOnly }) => euOwnedOnly) ? wrap(EU_OWNED_ONLY, width) : []),
    ...(isGrouped
      ? wrap(
          `Similar stores share a row here. Each has its own from ${WIDE} columns, in a file, and with ${EVERY_STORE}.`,
          width,
        )
      : []),
  ].join('\n');
}

type Emphasise = (text: string) => string;

function byStack(lines: readonly InventoryLine[], width: number, emphasise: Emphasise): string[] {
  const rows = lines.map((line) => [
    `${line.name} (${line.kind})`,
    line.region,
    line.country.text,
    line.key?.text ?? '-',
    line.retention?.text ?? '-',
    basisOf(line),
  ]);
  const [title = [], ...texts] = lineGroups(
    [['', 'REGION', 'COUNTRY', 'KEY', 'RETENTION', 'BASIS'], ...rows],
    width - 2,
  );
  const output = title.map((line) => emphasise(`  ${line}`));
  let stack = '';
  for (const [index, line] of lines.entries()) {
    if (line.stack !== stack) output.push(emphasise(line.stack));
    stack = line.stack;
    output.push(...(texts[index] ?? []).map((text) => `  ${text}`), ...destinationsOf(line, width));
  }
  return output;
}

function byRegion(lines: readonly InventoryLine[], width: number, emphasise: Emphasise): string[] {
  const groups = grouped(lines);
  const rows = groups.map(({ name, first }) => [
    name,
    first.key?.text ?? '-',
    first.retention?.text ?? '-',
    basisOf(first),
  ]);
  const [title = [], ...texts] = lineGroups([['', 'KEY', 'RETENTION', 'BASIS'], ...rows], width - 2);
  const output = title.map((line) => emphasise(`  ${line}`));
  let heading = '';
  for (const [index, { first }] of groups.entries()) {
    const own = headingOf(first);
    if (own !== heading) output.push(...wrap(own, width).map(emphasise));
    heading = own;
    output.push(...(texts[index] ?? []).map((text) => `  ${text}`), ...destinationsOf(first, width));
  }
  return output;
}

const headingOf = ({ stack, region, country }: InventoryGroup['first']) => `${stack}, ${region} (${country.text})`;

const destinationsOf = ({ destinations }: InventoryLine, width: number) =>
  destinations.flatMap((destination) => destinationText(destination, width));

function destinationText(line: DestinationLine, width: number): string[] {
  const { id, models, processedIn, providerRetains, admitted, external } = line;
  const retains = `its provider retains ${providerRetains.text}: ${basisText(providerRetains.basis)}`;
  return [
    ...hanging('    ', `calls ${id}${models.length === 0 ? '' : ` (${models.join(', ')})`}`, width),
    ...hanging('      ', `processed in ${processedIn.text}: ${basisText(processedIn.basis)}`, width),
    ...(external === undefined
      ? hanging('      ', `with retention mode none, ${retains}`, width)
      : [retains, ...externalText(external)].flatMap((text) => hanging('      ', text, width))),
    ...(admitted === undefined ? [] : hanging('      ', admitted, width)),
  ];
}

/** One basis if key and retention have the same, otherwise both; a gateway has neither, and its Region is enforced. */
function basisOf({ key, retention }: InventoryLine): string {
  const [keyBasis, time] = [key, retention].map((cell) => basisText(cell?.basis ?? { kind: 'enforced' }));
  return keyBasis === time ? `${keyBasis}` : `key ${keyBasis}; retention ${time}`;
}

/** The basis of all countries, once below the table: the oldest row of them. */
function countries(lines: readonly InventoryLine[]): string[] {
  const claims = lines.flatMap(({ country: { basis } }) => (basis.kind === 'claimed' ? [basis] : []));
  const [oldest] = claims.sort((a, b) => a.asOf.localeCompare(b.asOf));
  return oldest === undefined ? [] : [`Each Region is enforced here; its country is ${basisText(oldest)}.`];
}
