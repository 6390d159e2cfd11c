import { columns } from './columns';
import type { Basis, DestinationLine, InventoryLine } from './inventory-line';

/** The inventory as a table to read in a terminal: one line a store or gateway, below a gateway one line a destination. */
export function inventoryTable(
  lines: readonly InventoryLine[],
  emphasise: (text: string) => string = (text) => text,
): string {
  const header = ['', 'REGION', 'COUNTRY', 'KEY', 'KEPT', 'BASIS'];
  const rows = lines.map((line) => [
    `  ${line.name} (${line.kind})`,
    line.region,
    line.country.text,
    line.key?.text ?? '-',
    line.kept?.text ?? '-',
    basisOf(line),
  ]);
  const [title = '', ...texts] = columns([header, ...rows]);

  const output = [emphasise(title)];
  let stack = '';
  for (const [index, line] of lines.entries()) {
    if (line.stack !== stack) output.push(emphasise(line.stack));
    stack = line.stack;
    output.push(texts[index] ?? '', ...line.destinations.flatMap(destinationText));
  }
  return [...output, ...countries(lines)].join('\n');
}

function destinationText({ id, models, processedIn, providerKeeps }: DestinationLine): string[] {
  return [
    `    calls ${id}${models.length === 0 ? '' : ` (${models.join(', ')})`}`,
    `      processed in ${processedIn.text}: ${basisText(processedIn.basis)}`,
    `      its provider keeps ${providerKeeps.text} under retention mode none: ${basisText(providerKeeps.basis)}`,
  ];
}

/** One basis where key and time rest on the same, else both; a gateway has neither, and its Region is enforced. */
function basisOf({ key, kept }: InventoryLine): string {
  const [keyBasis, time] = [key, kept].map((cell) => basisText(cell?.basis ?? { kind: 'enforced' }));
  return keyBasis === time ? `${keyBasis}` : `key ${keyBasis}; time ${time}`;
}

/** On what the countries rest, once below the table: the oldest row of them. */
function countries(lines: readonly InventoryLine[]): string[] {
  const claims = lines.flatMap(({ country: { basis } }) => (basis.kind === 'claimed' ? [basis] : []));
  const [oldest] = claims.sort((a, b) => a.asOf.localeCompare(b.asOf));
  return oldest === undefined ? [] : [`Regions are enforced here; which country one is in is ${basisText(oldest)}`];
}

function basisText(basis: Basis): string {
  switch (basis.kind) {
    case 'enforced':
      return 'enforced here';
    case 'set':
      return `set by ${basis.by}`;
    case 'claimed':
      return `claimed by ${basis.by}, as of ${basis.asOf}${basis.stale ? ' (stale)' : ''}`;
    case 'none':
      return 'not enforced';
  }
}
