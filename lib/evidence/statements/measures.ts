import type { Evidence, EvidenceRow, FlowRow, StoreRow } from '../core/evidence';
import { endsWith } from './construct-end';

/** A measure under GDPR, Articles 25 and 32, and its evidence. */
export interface Measure {
  /** The provision that it serves. */
  readonly article: string;
  /** Paths of tests in the package's repository; each fails if the measure doesn't hold. */
  readonly tests: readonly string[];
  /** The rows to which it applies. With none, it doesn't apply to a deployment, unless a test alone shows it. */
  readonly rows?: (evidence: Evidence) => readonly EvidenceRow[];
  /** Whether the rows show it; without this, only the tests do. */
  readonly holds?: (evidence: Evidence) => boolean;
  /** Whether it holds only for a deployment of workspaces or of projects, not for any app. */
  readonly needs?: 'workspace' | 'project' | 'tenant';
}

/** `shown`: by the templates. `tested`: only by tests of the package. `missing`: the templates show that it doesn't hold, or don't show it. */
export type MeasureState = 'shown' | 'tested' | 'missing';

const under = (kind: 'workspace' | 'project') => (evidence: Evidence) =>
  evidence.tenants.filter((tenant) => tenant.kind === kind);
const storesWith =
  (...ends: readonly string[]) =>
  ({ stores }: Evidence) =>
    stores.filter(({ name }) => ends.some((end) => endsWith(name, end)));

/** The stores of content, and the keys that encrypt it. */
const content = storesWith('Conversations/Table', 'Files/Bucket');
const memberKeys = storesWith('BranchKeys/Table');
const trails = storesWith('Evidence/Bucket');

const hasOwnKey = ({ key }: StoreRow): boolean => key?.basis.kind === 'enforced';
const ends = ({ retention }: StoreRow): boolean =>
  retention !== undefined && retention.basis.kind !== 'none' && /^\d+ (?:day|year)/.test(retention.text);
const isWhole = ({ trail }: StoreRow): boolean =>
  trail?.isLogging === true && trail.isLocked && RECORDED.every((one) => trail.records.includes(one));
/** What the use of keys, items and objects is among the events of CloudTrail. */
const RECORDED = ['management', 'AWS::DynamoDB::Table', 'AWS::S3::Object'];

/** Whether no key is that of stores of two tenants. */
function areApart(evidence: Evidence): boolean {
  const places = ['arn:', ...evidence.head.templates.map(({ stack }) => `${stack}/`)];
  const owners = new Map<string, Set<string | undefined>>();
  for (const { stack, key, tenant } of [...content(evidence), ...memberKeys(evidence)]) {
    const text = key?.text ?? '';
    const name = places.some((place) => text.startsWith(place)) ? text : `${stack}/${text}`;
    owners.set(name, (owners.get(name) ?? new Set()).add(tenant));
  }
  return [...owners.values()].every(({ size }) => size === 1);
}

const isGood = ({ status }: EvidenceRow): boolean => status === 'ok';
const isOfRecovery = ({ kind }: FlowRow): boolean => kind === 'replication' || kind === 'key copy';
/** A row can need attention for another reason than the measure. */
const isIn = ({ status }: EvidenceRow): boolean => status === 'ok' || status === 'attention';

/** The sentence of each is in the words of a language. */
export const MEASURES = {
  boundary: {
    article: '28(3)(a), 44',
    tests: ['test/runtime/gateway/contacts.test.ts', 'test/perimeter/bedrock-statements.test.ts'],
    rows: ({ models }) => models,
    holds: ({ models }) => models.every((row) => isIn(row) && (isGood(row) || row.criterion !== 'model.place')),
  },
  guard: { article: '25', tests: ['test/guard/cdk/bypass-matrix.test.ts'], needs: 'tenant' },
  network: {
    article: '32(1)(b)',
    tests: ['test/constructs/given-vpc.long.test.ts', 'test/constructs/gateway/gateway-function.long.test.ts'],
    rows: ({ tenants }) => tenants,
    holds: ({ tenants }) => tenants.every((row) => isIn(row) && row.models.length > 0),
    needs: 'tenant',
  },
  encryption: {
    article: '32(1)(a)',
    tests: ['test/constructs/tenants/workspace.long.test.ts'],
    rows: content,
    holds: (evidence) => content(evidence).every((row) => isIn(row) && hasOwnKey(row)) && areApart(evidence),
    needs: 'workspace',
  },
  memberKeys: {
    article: '32(1)(a)',
    tests: ['test/runtime/workspace/conversations/encryption-and-expiry.test.ts'],
    rows: memberKeys,
    holds: (evidence) => memberKeys(evidence).every((row) => isIn(row) && hasOwnKey(row)),
    needs: 'workspace',
  },
  separation: {
    article: '32(1)(b)',
    tests: ['test/app/deployment-stacks.test.ts'],
    rows: under('workspace'),
    holds: areApart,
    needs: 'workspace',
  },
  noContent: {
    article: '5(1)(c), 25',
    tests: ['test/constructs/tenants/projects.test.ts', 'test/runtime/gateway/context/content.test.ts'],
    needs: 'project',
  },
  records: { article: '5(1)(c), 32(1)(a)', tests: ['test/runtime/gateway/records.test.ts'], needs: 'tenant' },
  retentionMode: {
    article: '5(1)(e)',
    tests: ['test/runtime/gateway/freshness/freshness.long.test.ts'],
    needs: 'tenant',
  },
  expiry: {
    article: '5(1)(e)',
    tests: ['test/runtime/workspace/conversations/encryption-and-expiry.test.ts'],
    rows: content,
    holds: (evidence) => content(evidence).every((row) => isIn(row) && ends(row)),
    needs: 'workspace',
  },
  erasure: { article: '17, 28(3)(e)', tests: ['test/runtime/rights/erase.long.test.ts'], needs: 'workspace' },
  export: { article: '15, 20, 28(3)(e)', tests: ['test/runtime/rights/export.long.test.ts'], needs: 'workspace' },
  closure: { article: '28(3)(g)', tests: ['test/runtime/rights/closure.long.test.ts'], needs: 'workspace' },
  trail: {
    article: '5(2), 32(1)(b)',
    tests: ['test/constructs/foundation/foundation.long.test.ts'],
    rows: trails,
    holds: (evidence) => trails(evidence).every((row) => isIn(row) && isWhole(row)),
    needs: 'tenant',
  },
  alarms: {
    article: '32(1)(d), 33',
    tests: ['test/app/runbook.long.test.ts'],
    rows: ({ alarms }) => alarms,
    holds: ({ alarms }) => alarms.every(isGood),
    needs: 'tenant',
  },
  recovery: {
    article: '32(1)(c)',
    tests: ['test/runtime/recovery/drill.long.test.ts'],
    rows: ({ flows }) => flows.filter(isOfRecovery),
    holds: ({ flows }) => flows.filter(isOfRecovery).every(isGood),
    needs: 'workspace',
  },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureId = keyof typeof MEASURES;

/** A measure that applies to a deployment, with the rows to which it applies. */
export interface AppliedMeasure {
  readonly id: MeasureId;
  readonly measure: Measure;
  readonly rows: readonly EvidenceRow[];
  readonly state: MeasureState;
}

/** The measures that apply to a deployment. */
export function measuresOf(evidence: Evidence): AppliedMeasure[] {
  const kinds: readonly string[] = [...new Set(evidence.tenants.map(({ kind }) => kind))];
  return (Object.entries(MEASURES) as [MeasureId, Measure][]).flatMap(([id, measure]): AppliedMeasure[] => {
    const { needs, holds } = measure;
    if (needs !== undefined && !(needs === 'tenant' ? kinds.length > 0 : kinds.includes(needs))) return [];
    const rows = measure.rows?.(evidence) ?? [];
    if (measure.rows !== undefined && rows.length === 0) return [];
    return [{ id, measure, rows, state: holds === undefined ? 'tested' : holds(evidence) ? 'shown' : 'missing' }];
  });
}
