import type { Evidence, EvidenceRow, FlowRow, RegionRow } from '@/lib/evidence/core/evidence';
import type { Basis } from '@/lib/report/inventory-line';

const ENFORCED: Basis = { kind: 'enforced' };
const DATE = '2026-11-30';

/** The fields of every row; each test names what it needs. */
const row = (id: string, more: Partial<EvidenceRow> = {}, stack = 'app-data'): EvidenceRow => ({
  id,
  criterion: id.replace(/:.*/, '.place'),
  status: 'ok',
  reason: `The reason of ${id}.`,
  remedy: '',
  pointer: { stack, construct: `${id.replaceAll(':', '/')}/Resource` },
  basis: ENFORCED,
  date: DATE,
  ...more,
});

const region = (code: string, name: string, country: string, more: Partial<RegionRow> = {}): RegionRow => ({
  ...row(`region:${code}`),
  region: code,
  name,
  country,
  isInside: true,
  uses: ['inference'],
  ...more,
});

const flow = (kind: FlowRow['kind'], from: string, to: string, more: Partial<EvidenceRow> = {}): FlowRow => ({
  ...row(`flow:${kind}:${from}:${to}`, more),
  kind,
  from,
  to,
});

const CLAIMED: Basis = { kind: 'claimed', by: 'AWS', asOf: '2026-07-18', stale: false };

/** Evidence in which every field is set, and every status, basis and kind occurs. */
export const EVIDENCE: Evidence = {
  format: 1,
  head: {
    version: '9.8.7',
    date: DATE,
    organisation: { name: 'Musterhaus', controller: 'Musterhaus GmbH, Musterstadt', dpo: 'officer@example.eu' },
    boundary: { name: 'eu', countries: ['DE', 'IE', 'SE', 'MT'], regions: ['eu-central-1', 'eu-west-1', 'eu-north-1'] },
    templates: [
      { stack: 'app-data', file: 'app-data.template.json', sha256: 'ab'.repeat(32), account: '111122223333' },
    ],
    facts: { release: '7', asOf: '2026-11-24', sha256: 'cd'.repeat(32) },
    summary: { ok: 21, attention: 3, failed: 2, unknown: 1 },
    parts: [{ account: '111122223333', date: '2026-10-31', sha256: 'ef'.repeat(32), signedBy: '0a'.repeat(32) }],
  },
  regions: [
    region('eu-central-1', 'Frankfurt', 'DE', { uses: ['stores', 'keys', 'gateway', 'inference'] }),
    region('eu-west-1', 'Dublin', 'IE', { uses: ['recovery'] }),
    region('eu-north-1', 'Stockholm', 'SE'),
    region('eu-west-2', 'London', 'GB', { isInside: false, uses: [], status: 'failed', remedy: 'Move it.' }),
    region('us-east-1', 'N. Virginia', 'US', { isInside: false, uses: [], status: 'failed', remedy: 'Move it too.' }),
  ],
  tenants: [
    {
      ...row('tenant:research', { status: 'attention', remedy: 'Set a period.' }, 'app-workspace'),
      kind: 'workspace',
      tenant: 'research',
      stack: 'app-workspace',
      region: 'eu-central-1',
      retention: { text: '365 days', basis: { kind: 'set', by: 'the writer of items' } },
      models: ['assistant', 'embedder'],
    },
    {
      ...row('tenant:helpdesk', {}, 'app-projects'),
      kind: 'project',
      tenant: 'helpdesk',
      stack: 'app-projects',
      region: 'eu-central-1',
      retention: { text: 'stores no content', basis: ENFORCED },
      models: [],
    },
  ],
  stores: [
    {
      ...row('store:a'),
      stack: 'app-data',
      name: 'Store/Table',
      kind: 'DynamoDB table',
      region: 'eu-central-1',
      country: { text: 'DE', basis: { ...CLAIMED, origin: 'release 6' } },
      key: { text: 'Store/Key', basis: ENFORCED },
      retention: { text: '30 days', basis: { kind: 'none' } },
    },
    {
      ...row('store:b', {
        status: 'unknown',
        pointer: { stack: 'app-other', file: 'other.template.json', path: '/Resources/Bucket' },
      }),
      stack: 'app-other',
      name: 'Bucket',
      kind: 'S3 bucket',
      region: 'unknown',
      country: { text: 'unknown country', basis: { kind: 'none' } },
    },
  ],
  keys: [
    {
      ...row('key:a'),
      stack: 'app-data',
      key: 'Store/Key',
      region: 'eu-central-1, eu-west-1',
      protects: [
        { name: 'Store/Table', type: 'AWS::DynamoDB::GlobalTable' },
        { name: 'Files/Bucket', type: 'AWS::S3::Bucket' },
      ],
      principals: [
        {
          who: 'Gateway/Role',
          kind: 'identity',
          assumedBy: ['lambda.amazonaws.com'],
          can: 'decrypt',
          by: 'key policy',
          through: ['dynamodb.eu-central-1.amazonaws.com'],
          context: { tenant: ['research'] },
          conditions: ['StringEquals aws:SourceAccount 111122223333'],
        },
        {
          who: 'Gateway/Role',
          kind: 'identity',
          can: 'lend',
          by: 'IAM policy',
          through: [],
          context: {},
          conditions: [],
        },
        {
          who: '111122223333',
          kind: 'account',
          can: 'rewrite policy',
          by: 'grant',
          through: [],
          context: {},
          conditions: [],
        },
        {
          who: 'anybody at all',
          kind: 'anybody',
          can: 'decrypt',
          by: 'grant',
          through: [],
          context: {},
          conditions: [],
        },
      ],
      denied: [
        { who: 'logs.amazonaws.com', kind: 'service', can: 'decrypt', through: [], context: {}, conditions: [] },
        { who: 'an unknown principal', kind: 'unknown', can: 'decrypt', through: [], context: {}, conditions: [] },
      ],
      unknown: ['A grant is made at deployment.'],
    },
    {
      ...row('key:b'),
      key: 'alias/other',
      region: 'eu-central-1',
      protects: [],
      principals: [],
      denied: [],
      unknown: [],
    },
  ],
  models: [
    {
      ...row('model:a', {
        basis: CLAIMED,
        date: '2026-07-18',
        pointer: { stack: 'app-workspace', construct: 'Gateway/Api' },
      }),
      stack: 'app-workspace',
      gateway: 'Gateway/Api',
      models: ['assistant 1'],
      destination: 'eu.maker.model-v1:0',
      sourceRegion: 'eu-central-1',
      processedIn: { text: 'eu-central-1 (DE), eu-north-1 (SE)', basis: { ...CLAIMED, stale: true } },
      regions: ['eu-central-1', 'eu-north-1'],
      providerRetains: { text: 'nothing', basis: CLAIMED },
      endsOn: '2027-06-01',
    },
    {
      ...row('model:b', { pointer: { stack: 'app-projects', construct: 'Gateway/Other' } }),
      stack: 'app-projects',
      gateway: 'Gateway/Other',
      models: ['assistant 2'],
      destination: 'eu.maker.model-v2:0',
      sourceRegion: 'eu-central-1',
      processedIn: { text: 'eu-central-1 (DE) alone', basis: CLAIMED },
      regions: ['eu-central-1'],
      providerRetains: { text: 'nothing either', basis: CLAIMED },
    },
    {
      ...row('model:c', { pointer: { stack: 'app-workspace', construct: 'Gateway/Outside' } }),
      stack: 'app-workspace',
      gateway: 'Gateway/Outside',
      models: ['assistant 3'],
      destination: 'maker-eu/azure-model',
      sourceRegion: 'contoso-eu.openai.azure.com',
      processedIn: { text: 'CH, EEA', basis: CLAIMED },
      regions: ['CH', 'EEA'],
      providerRetains: { text: 'nothing by contract', basis: CLAIMED },
      external: {
        name: 'maker-eu',
        service: 'azure',
        provider: 'Maker',
        host: 'contoso-eu.openai.azure.com',
        company: 'Maker Ireland Limited',
        ownerCountry: 'US',
        sharedCdn: null,
        retainsAnyway: 'what billing needs',
        contract: 'Amendment M-123',
        accepted: 'the board accepts it',
        deployment: { sku: 'DataZoneStandard', readOn: '2026-11-29' },
      },
    },
  ],
  flows: [
    flow('inference', 'eu-central-1', 'eu-north-1', { basis: CLAIMED }),
    flow('replication', 'eu-central-1', 'eu-west-1'),
    flow('key copy', 'eu-central-1', 'eu-west-1'),
    flow('other', 'eu-central-1', 'us-east-1', { status: 'failed', remedy: 'Remove the flow.' }),
    flow('other', 'eu-central-1', 'unknown', { status: 'unknown' }),
  ],
  exceptions: [
    {
      ...row('exception:a', { status: 'attention', remedy: 'Renew it.' }),
      rule: 'place-outside',
      approvedBy: 'The head of IT',
      why: 'A partner has to read it.',
      expires: '2026-12-24',
    },
    { ...row('exception:b'), rule: 'other-rule', why: 'It has no approver.' },
  ],
  findings: [
    {
      ...row('finding:a', { criterion: 'place-outside', status: 'failed', remedy: 'Choose another Region.' }),
      level: 'block',
    },
    {
      ...row('finding:b', {
        criterion: 'stack-region',
        status: 'unknown',
        pointer: { url: 'https://example.eu/rules#stack-region' },
      }),
      level: 'unresolved',
    },
    { ...row('finding:c', { pointer: { url: 'javascript:alert(1)' } }), level: 'info' },
  ],
  alarms: [
    {
      ...row('alarm:a'),
      name: 'Foundation/Alarm',
      region: 'eu-central-1',
      meaning: 'The trail was changed.',
      notifies: ['security@example.eu'],
    },
  ],
  live: [{ ...row('live:a', { criterion: 'live.retention-mode' }), readAt: '2026-11-30T12:34:56.789Z' }],
  drills: [
    {
      ...row('drill:a', { criterion: 'drill.failover', status: 'failed', remedy: 'Drill again.', pointer: {} }),
      provider: 'maker-eu',
      model: 'assistant',
      at: '2026-11-30T11:22:33.000Z',
      outAfterSeconds: 20.1,
      requests: { sent: 50, failed: 1 },
      answers: { 'eu.amazon.nova-lite-v1:0': 19, 'maker-eu/azure-model': 30 },
    },
  ],
};
