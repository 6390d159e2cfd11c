import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { auditBundle } from '@/lib/cli/audit/audit-bundle';
import { openFolder } from '@/lib/cli/audit/bundle/folder';
import { type Statement, statementOf } from '@/lib/cli/audit/statement/statement';
import { LOG } from '@/test/ledger/vectors';
import { makeBundle, type Plants } from './support/sample-bundle';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'audit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function audited(plants?: Plants): Promise<Statement> {
  makeBundle({ folder, plants, requests: 3 });
  return statementOf(await auditBundle(openFolder(folder), { key: () => LOG }));
}

test('a bundle without a plant is complete', async () => {
  const statement = await audited();
  expect(statement.findings).toEqual([]);
  expect(statement.calls).toEqual({ inside: 72, outside: 0, unaccounted: 0, notJoinable: 0 });
  expect(statement.conclusion).toBe('All of 72 calls of models in 72 requests were served inside the boundary.');
});
