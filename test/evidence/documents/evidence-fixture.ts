import type { Evidence, EvidenceRow, ModelRow, RegionRow, StoreRow, TenantRow } from '@/lib/evidence/core/evidence';
import type { Basis } from '@/lib/report/inventory-line';

const ENFORCED: Basis = { kind: 'enforced' };
const AWS: Basis = { kind: 'claimed', by: 'AWS', asOf: '2026-10-01', stale: false };

export const row = (id: string, path = ''): EvidenceRow => ({
  id,
  criterion: 'store.place',
  status: 'ok',
  reason: 'inside the boundary',
  remedy: '',
  pointer: { file: 'exemple-workspace-sciences.template.json', ...(path !== '' && { path }) },
  basis: ENFORCED,
  date: '2026-11-30',
});

export const store = (stack: string, name: string, kind: string, retention: string): StoreRow => ({
  ...row(`${stack}/${name}`, `/Resources/${name.replaceAll('/', '')}`),
  stack,
  name,
  kind,
  region: 'eu-central-1',
  country: { text: 'DE', basis: AWS },
  key: { text: 'Workspace/Key', basis: ENFORCED },
  retention: { text: retention, basis: { kind: 'set', by: "the item's writer" } },
});

export const tenant = (kind: TenantRow['kind'], name: string, retention: string): TenantRow => ({
  ...row(`tenant/${name}`),
  kind,
  tenant: name,
  stack: kind === 'workspace' ? `exemple-workspace-${name}` : 'exemple-projects',
  region: 'eu-central-1',
  retention: { text: retention, basis: ENFORCED },
  models: ['assistant'],
});

export const model = (destination: string, regions: readonly string[], retains: string): ModelRow => ({
  ...row(`model/${destination}`),
  stack: 'exemple-workspace-sciences',
  gateway: 'Workspace/Gateway/Front/Api',
  models: ['assistant 1'],
  destination,
  sourceRegion: 'eu-central-1',
  processedIn: { text: regions.join(', '), basis: AWS },
  regions,
  providerRetains: { text: retains, basis: AWS },
});

export const region = (code: string, country: string, isInside = true): RegionRow => ({
  ...row(`region/${code}`),
  region: code,
  name: `city of ${code}`,
  country,
  isInside,
  uses: code === 'eu-central-1' ? ['stores', 'keys', 'gateway', 'inference'] : ['inference'],
});

const WORKSPACE = 'exemple-workspace-sciences';

/** A workspace with a project next to it, as the core would describe them. */
export const EVIDENCE: Evidence = {
  format: 1,
  head: {
    version: '0.2.0',
    date: '2026-11-30',
    organisation: { name: 'Université Exemple', controller: 'Université Exemple, Paris', dpo: 'dpo@example.eu' },
    boundary: { name: 'eu', countries: ['DE', 'FR', 'IE'], regions: ['eu-central-1', 'eu-west-1', 'eu-west-3'] },
    templates: [
      { stack: WORKSPACE, file: 'exemple-workspace-sciences.template.json', sha256: 'a'.repeat(64) },
      { stack: 'exemple-projects', file: 'exemple-projects.template.json', sha256: 'b'.repeat(64) },
    ],
    facts: { release: 'package 0.2.0', asOf: '2026-11-28', sha256: 'c'.repeat(64) },
    summary: { ok: 12, attention: 1, failed: 0, unknown: 0 },
  },
  regions: [region('eu-central-1', 'DE'), region('eu-west-1', 'IE'), region('eu-west-3', 'FR')],
  tenants: [tenant('workspace', 'sciences', '365 days'), tenant('project', 'helpdesk-bot', 'stores no content')],
  stores: [
    {
      ...store('exemple-foundation', 'Foundation/Evidence/Bucket', 'S3 bucket', 'at least 365 days (object lock)'),
      trail: { isLogging: true, isLocked: true, records: ['AWS::DynamoDB::Table', 'AWS::S3::Object', 'management'] },
    },
    store('exemple-foundation', 'Foundation/DestinationCheck/Readings/Table', 'DynamoDB table', 'until deleted'),
    store(WORKSPACE, 'Workspace/Conversations/Table', 'DynamoDB table', '365 days + 35 days restorable'),
    store(WORKSPACE, 'Workspace/BranchKeys/Table', 'DynamoDB table', 'until deleted + 1 day restorable'),
    store(WORKSPACE, 'Workspace/Files/Bucket', 'S3 bucket', '365 days + 7 days as an old version'),
    store(WORKSPACE, 'Workspace/Gateway/LogGroup', 'log group', '30 days'),
    store('exemple-projects', 'Projects/Keys/Table', 'DynamoDB table', 'as each item sets + 35 days restorable'),
    store('exemple-projects', 'Projects/Gateway/LogGroup', 'log group', '30 days'),
  ],
  keys: [],
  models: [
    model('eu.anthropic.claude-sonnet-5', ['eu-central-1', 'eu-west-1', 'eu-west-3'], 'nothing'),
    model('openai.gpt-oss-120b-1:0', ['eu-central-1'], 'nothing'),
    model('eu.guardrail.v1:0', ['eu-central-1'], 'unknown'),
  ],
  flows: [{ ...row('flow/1'), kind: 'inference', from: 'eu-central-1', to: 'eu-west-3' }],
  exceptions: [
    {
      ...row('exception/1'),
      rule: 'place-outside',
      why: 'a test system',
      approvedBy: 'R. Approver',
      expires: '2027-01-31',
    },
  ],
  findings: [],
  alarms: [],
};
