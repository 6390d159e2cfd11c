import { parseArgs } from 'node:util';
import { oneOf } from '../shared/one-of';
import { print } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';
import { AUDIT_OPTIONS, readAuditOptions } from './audit-options';
import { openBundle } from './bundle/open-bundle';
import { readSource, SOURCE_OPTIONS } from './fetch/bundle-options';
import { auditBundle } from './join/audit-bundle';
import { readPublicKey } from './ledger/public-key';
import { type Statement, statementOf } from './statement/statement';
import { statementMarkdown } from './statement/statement-markdown';
import { statementTable } from './statement/statement-table';

const OPTIONS = {
  ...SOURCE_OPTIONS,
  ...AUDIT_OPTIONS,
  bundle: { type: 'string' },
  live: { type: 'boolean', default: false },
  key: { type: 'string' },
  format: { type: 'string', default: 'table' },
} as const;

/** Runs `audit` without a further word: prints the statement of a period; the exit code. */
export async function auditStatement(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const format = oneOf('--format', values.format, ['table', 'json', 'markdown']);
  if ((values.bundle !== undefined) === values.live) {
    throw new UsageError(
      "name either a bundle that 'audit bundle' wrote with --bundle, or the evidence bucket with --live",
    );
  }
  const key = values.key === undefined ? undefined : readPublicKey('--key', values.key, 'log');
  const options = readAuditOptions(values);
  const state = async (folder: string): Promise<number> => {
    const statement = statementOf(await auditBundle(openBundle(folder), { ...options, key }));
    print(formatted(statement, format));
    return statement.complete && statement.calls.outside === 0 ? 0 : 1;
  };
  if (values.bundle !== undefined) return state(values.bundle);
  const source = readSource(values);
  const { withLiveBundle } = require('../run/run-aws') as typeof import('../run/run-aws');
  return withLiveBundle(source, state);
}

function formatted(statement: Statement, format: 'table' | 'json' | 'markdown'): string {
  if (format === 'json') return JSON.stringify(statement, null, 2);
  return format === 'markdown' ? statementMarkdown(statement) : statementTable(statement, tableWidth());
}
