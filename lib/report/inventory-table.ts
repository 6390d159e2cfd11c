import type { Basis, InventoryLine } from './inventory-line';

/** The inventory as a table to read in a terminal: one line a store or gateway, below a gateway one line a destination. */
export function inventoryTable(
  lines: readonly InventoryLine[],
  emphasise: (text: string) => string = (text) => text,
): string {
  const header = ['', 'REGION', 'COUNTRY', 'KEY', 'KEPT', 'BASIS'];
  const rows = lines.map((line) => [
    `  ${line.name} (${line.kind})`,
    line.region,
    line.country,
    line.key,
    line.kept,
    basisText(line.basis),
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const format = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();

  const output = [emphasise(format(header))];
  let stack = '';
  for (const [index, line] of lines.entries()) {
    if (line.stack !== stack) output.push(emphasise(line.stack));
    stack = line.stack;
    output.push(format(rows[index] ?? []));
    for (const destination of line.destinations) {
      output.push(`    calls ${destination.id}`);
      output.push(`      processed in ${destination.processedIn}: ${basisText(destination.basis)}`);
      output.push(
        `      its provider keeps ${destination.providerKeeps} under retention mode none: ${basisText(destination.keepsBasis)}`,
      );
    }
  }
  return output.join('\n');
}

function basisText(basis: Basis): string {
  if (basis.kind === 'enforced') return 'enforced here';
  return `claimed by ${basis.by}, as of ${basis.asOf}${basis.stale ? ' (stale)' : ''}`;
}
