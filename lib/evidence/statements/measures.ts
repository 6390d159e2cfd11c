import type { Evidence, EvidenceRow } from '../core/evidence';
import { endsWith } from './construct-end';

/** A measure under GDPR, Articles 25 and 32, and its evidence. */
export interface Measure {
  /** The provision that it serves. */
  readonly article: string;
  /** Paths of tests in the package's repository; each fails if the measure doesn't hold. */
  readonly tests: readonly string[];
  /** The rows whose templates enforce it. A measure with none doesn't apply to a deployment, unless a test alone shows it. */
  readonly rows?: (evidence: Evidence) => readonly EvidenceRow[];
  /** Whether it holds only for a deployment of workspaces or of projects, not for any app. */
  readonly needs?: 'workspace' | 'project' | 'tenant';
}

const under = (kind: 'workspace' | 'project') => (evidence: Evidence) =>
  evidence.tenants.filter((tenant) => tenant.kind === kind);
const storesWith = (end: string) => (evidence: Evidence) => evidence.stores.filter(({ name }) => endsWith(name, end));

/** The sentence of each is in the words of a language. */
export const MEASURES = {
  boundary: {
    article: '28(3)(a), 44',
    tests: ['test/runtime/gateway/contacts.test.ts', 'test/perimeter/bedrock-statements.test.ts'],
    rows: ({ models }) => models,
  },
  guard: { article: '25', tests: ['test/guard/cdk/bypass-matrix.test.ts'], needs: 'tenant' },
  network: {
    article: '32(1)(b)',
    tests: ['test/constructs/given-vpc.long.test.ts', 'test/constructs/gateway/gateway-function.test.ts'],
    needs: 'tenant',
  },
  encryption: {
    article: '32(1)(a)',
    tests: ['test/constructs/tenants/workspace.test.ts'],
    rows: ({ keys }) => keys,
    needs: 'tenant',
  },
  memberKeys: {
    article: '32(1)(a)',
    tests: ['test/runtime/workspace/conversations/encryption-and-expiry.test.ts'],
    rows: storesWith('BranchKeys/Table'),
    needs: 'workspace',
  },
  separation: {
    article: '32(1)(b)',
    tests: ['test/app/deployment-stacks.test.ts'],
    rows: under('workspace'),
    needs: 'workspace',
  },
  noContent: {
    article: '5(1)(c), 25',
    tests: ['test/constructs/tenants/projects.test.ts', 'test/runtime/gateway/context/content.test.ts'],
    rows: under('project'),
    needs: 'project',
  },
  records: { article: '5(1)(c), 32(1)(a)', tests: ['test/runtime/gateway/records.test.ts'], needs: 'tenant' },
  retentionMode: {
    article: '5(1)(e), 28(3)(g)',
    tests: ['test/runtime/gateway/freshness/freshness.test.ts'],
    rows: storesWith('DestinationCheck/Readings/Table'),
    needs: 'tenant',
  },
  expiry: {
    article: '5(1)(e)',
    tests: ['test/runtime/workspace/conversations/encryption-and-expiry.test.ts'],
    rows: storesWith('Conversations/Table'),
    needs: 'workspace',
  },
  erasure: { article: '17, 28(3)(g)', tests: ['test/runtime/rights/erase.long.test.ts'], needs: 'workspace' },
  export: { article: '15, 20', tests: ['test/runtime/rights/export.long.test.ts'], needs: 'workspace' },
  trail: {
    article: '32(1)(d)',
    tests: ['test/constructs/foundation/foundation.test.ts'],
    rows: storesWith('Evidence/Bucket'),
    needs: 'tenant',
  },
  alarms: {
    article: '32(1)(d), 33',
    tests: ['test/app/runbook.long.test.ts'],
    rows: ({ alarms }) => alarms,
    needs: 'tenant',
  },
  recovery: {
    article: '32(1)(c)',
    tests: ['test/runtime/recovery/drill.long.test.ts'],
    rows: ({ flows }) => flows.filter(({ kind }) => kind === 'replication' || kind === 'key copy'),
    needs: 'workspace',
  },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureId = keyof typeof MEASURES;

/** The measures that apply to a deployment, with the rows that show it. */
export function measuresOf(
  evidence: Evidence,
): { readonly id: MeasureId; readonly measure: Measure; readonly rows: readonly EvidenceRow[] }[] {
  const kinds: readonly string[] = [...new Set(evidence.tenants.map(({ kind }) => kind))];
  return (Object.entries(MEASURES) as [MeasureId, Measure][]).flatMap(([id, measure]) => {
    const { needs } = measure;
    if (needs !== undefined && !(needs === 'tenant' ? kinds.length > 0 : kinds.includes(needs))) return [];
    const rows = measure.rows?.(evidence) ?? [];
    return measure.rows !== undefined && rows.length === 0 ? [] : [{ id, measure, rows }];
  });
}
