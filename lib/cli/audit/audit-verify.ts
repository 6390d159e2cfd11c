import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { columns } from '../../report/columns';
import { print } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';
import { AUDIT_OPTIONS, readAuditOptions } from './audit-options';
import { openBundle } from './bundle/open-bundle';
import { type Audited, auditBundle } from './join/audit-bundle';
import { type NamedKey, readPublicKey } from './ledger/public-key';
import { readProof, verifyProof } from './proof/proof';
import { readInput } from './shared/read-input';
import { statedByBundle, statementOf } from './statement/statement';
import { findingLines } from './statement/statement-table';
import { periodOf, verifiedOf } from './statement/summary';
import { verifyCosigned } from './verify-cosigned';

const OPTIONS = {
  ...AUDIT_OPTIONS,
  key: { type: 'string' },
  cosigned: { type: 'string' },
  cosigner: { type: 'string' },
} as const;

/** Runs `audit verify`; the exit code. It reads files only. */
export async function auditVerify(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new UsageError('audit verify takes one bundle, or one proof');
  if (values.key === undefined) {
    throw new UsageError("--key is missing; name a file with the ledger's public key, from a source that you trust");
  }
  if ((values.cosigned === undefined) !== (values.cosigner === undefined)) {
    throw new UsageError('--cosigned and --cosigner belong together; name both files');
  }
  const key = readPublicKey('--key', values.key, 'log');
  if (isProof(path)) return printProof(path, key);
  const audited = await auditBundle(openBundle(path), { ...readAuditOptions(values), key });
  const { cosigned, cosigner } = values;
  const lines: string[] = [];
  if (cosigned !== undefined && cosigner !== undefined) {
    const officer = readPublicKey('--cosigner', cosigner, 'cosigner');
    lines.push(...verifyCosigned(readInput('--cosigned', cosigned), { key, officer, audited }));
  }
  return printVerified(audited, lines);
}

const isProof = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true && /\.json$/.test(path);

function printProof(path: string, key: NamedKey): number {
  try {
    const { origin, size } = verifyProof(readProof(readFileSync(path, 'utf8')), key);
    print(`verified: the record is one of the first ${size} leaves of the ledger ${origin}`);
    return 0;
  } catch (error) {
    print(`not verified: ${(error as Error).message}`);
    return 1;
  }
}

function printVerified(audited: Audited, further: readonly string[]): number {
  const width = tableWidth();
  const { findings } = audited;
  const statement = statementOf(audited);
  print(
    [
      ...columns(
        [periodOf(statement), ...verifiedOf(statement), ...further.map((line): [string, string] => ['cosigned', line])],
        width,
      ),
    ].join('\n'),
  );
  if (findings.count === 0) {
    const stated = statedByBundle(audited);
    const except = stated.length === 0 ? '' : `. As the bundle states: ${stated.join(', ')}`;
    print(`\nverified: nothing is missing, and every signature, hash and proof is true${except}`);
    return 0;
  }
  print(
    ['', `not verified: ${findings.count} findings`, '', ...findingLines(findings.shown, findings.count, width)].join(
      '\n',
    ),
  );
  return 1;
}
