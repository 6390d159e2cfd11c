import { parseArgs } from 'node:util';
import { boundaryOf } from '../shared/boundary-of';
import { oneOf } from '../shared/one-of';
import { print } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';
import { auditBundle } from './audit-bundle';
import { openBundle } from './bundle/open-bundle';
import { readDay } from './days';
import { readPublicKey } from './ledger/public-key';
import { type Statement, statementOf } from './statement/statement';
import { statementMarkdown } from './statement/statement-markdown';
import { statementTable } from './statement/statement-table';

const OPTIONS = {
  bundle: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  key: { type: 'string' },
  boundary: { type: 'string' },
  format: { type: 'string', default: 'table' },
} as const;

/** Runs `audit` without a further word: prints the statement of a period; the exit code. */
export async function auditStatement(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const format = oneOf('--format', values.format, ['table', 'json', 'markdown']);
  if (values.bundle === undefined) throw new UsageError("--bundle is missing; name a bundle that 'audit bundle' wrote");
  const [from, to] = (['from', 'to'] as const).map((name) => {
    const day = values[name];
    return day === undefined ? undefined : readDay(`--${name}`, day);
  });
  if (from !== undefined && to !== undefined && from > to) {
    throw new UsageError('--from is after --to; name the earlier day first');
  }
  const audited = await auditBundle(openBundle(values.bundle), {
    from,
    to,
    ...(values.key !== undefined && { key: readPublicKey('--key', values.key, 'log') }),
    ...(values.boundary !== undefined && { boundary: boundaryOf(values.boundary) }),
  });
  const statement = statementOf(audited);
  print(formatted(statement, format));
  return statement.complete && statement.calls.outside === 0 ? 0 : 1;
}

function formatted(statement: Statement, format: 'table' | 'json' | 'markdown'): string {
  if (format === 'json') return JSON.stringify(statement, null, 2);
  return format === 'markdown' ? statementMarkdown(statement) : statementTable(statement, tableWidth());
}
