import type { Evidence, StoreRow, TenantRow } from '@/lib/evidence/core/evidence';
import { type DocumentOptions, documentTrees } from '@/lib/evidence/documents/document-trees';
import { type MeasureId, measuresOf } from '@/lib/evidence/statements/measures';
import { html } from '@/lib/evidence/tree/html';
import { EVIDENCE, model, region, row, store, tenant } from './evidence-fixture';

const stored = (retention: string) =>
  store('exemple-workspace-sciences', 'Workspace/Conversations/Table', 'DynamoDB table', retention);

const page = (kind: string, change: Partial<Evidence> = {}, options: Partial<DocumentOptions> = {}) =>
  html(
    documentTrees({ ...EVIDENCE, ...change }, { language: 'en', ...options }).find(({ name }) => name.includes(kind))
      ?.tree ?? ({ blocks: [] } as never),
  );

describe('transfers to third countries', () => {
  const NONE = 'None by the deployed resources';

  test.each<[string, Partial<Evidence>]>([
    ['tenant', { tenants: [{ ...tenant('workspace', 'x', '1 day'), region: 'unknown' }] }],
    ['store', { stores: [{ ...store('s', 'n', 'k', '1 day'), region: 'unknown' }] }],
    ['key', { keys: [{ ...row('k'), key: 'K', region: 'unknown' } as never] }],
    ['flow', { flows: [{ ...row('f'), kind: 'replication', from: 'eu-central-1', to: 'unknown' }] }],
    [
      'model',
      { models: [{ ...model('global.x', [], 'nothing'), processedIn: { text: 'unknown', basis: { kind: 'none' } } }] },
    ],
    ['finding', { findings: [{ ...row('f'), status: 'unknown', level: 'unresolved' }] }],
  ])('are not called none if the place of a %s is unknown', (_, change) => {
    for (const kind of ['article-30', 'chapter-5']) {
      expect(page(kind)).toContain(NONE);
      expect(page(kind, change)).not.toContain(NONE);
      expect(page(kind, change)).toContain('not known: the report doesn’t show every place');
    }
  });

  test('are those to Regions outside the EEA, whatever the boundary is, and only to Regions with a use', () => {
    const swiss = page('article-30', { regions: [region('eu-central-2', 'CH', true)] });
    expect(swiss).toContain('third countries: <code>eu-central-2</code>');
    const irish = page('article-30', { regions: [region('eu-west-1', 'IE', false)] });
    expect(irish).toContain('outside the boundary, data may reach: <code>eu-west-1</code>');
    expect(irish).toContain(NONE);
    const named = page('article-30', { flows: [], regions: [{ ...region('us-east-1', 'US', false), uses: [] }] });
    expect(named).not.toContain('us-east-1');
  });
});

describe('measures', () => {
  const MARK = 'not shown by the templates';
  const changed = (name: string, change: Partial<StoreRow>) => ({
    stores: EVIDENCE.stores.map((one) => (one.name.endsWith(name) ? { ...one, ...change } : one)),
  });
  const trail = { isLogging: true, isLocked: true, records: ['AWS::DynamoDB::Table', 'AWS::S3::Object', 'management'] };
  const noEnd = { text: 'until deleted', basis: { kind: 'none' as const } };
  const noKey = { text: 'the service’s own key', basis: { kind: 'none' as const } };
  const [workspace] = EVIDENCE.tenants as [TenantRow];

  test.each<[MeasureId[], string, Partial<Evidence>]>([
    [['boundary'], 'a destination outside', { models: [{ ...model('x', [], 'nothing'), status: 'failed' }] }],
    [['trail'], 'a trail that is off', changed('Evidence/Bucket', { trail: { ...trail, isLogging: false } })],
    [['trail'], 'a trail without a lock', changed('Evidence/Bucket', { trail: { ...trail, isLocked: false } })],
    [['trail'], 'a trail without items', changed('Evidence/Bucket', { trail: { ...trail, records: ['management'] } })],
    [['trail'], 'no trail', changed('Evidence/Bucket', { trail: undefined as never })],
    [['network'], 'no VPC', { tenants: [{ ...workspace, status: 'failed', criterion: 'tenant.network' }] }],
    [['expiry'], 'no end of rows', changed('Conversations/Table', { retention: noEnd, status: 'attention' })],
    [['encryption'], 'no key of files', changed('Files/Bucket', { key: noKey, status: 'attention' })],
    [['memberKeys'], 'no key of keys', changed('BranchKeys/Table', { key: noKey, status: 'attention' })],
    [['alarms'], 'an alarm without a recipient', { alarms: [{ ...row('a'), status: 'attention' } as never] }],
    [
      ['encryption', 'separation'],
      'a key of two workspaces',
      {
        stores: ['a', 'b'].map((stack) => ({
          ...store(stack, 'W/Conversations/Table', 'DynamoDB table', '1 day'),
          tenant: `workspace/${stack}`,
          key: { text: 'arn:aws:kms:eu-central-1:111122223333:key/k', basis: { kind: 'enforced' } },
        })),
      },
    ],
  ])('%s are marked with %s', (ids, _, change) => {
    const missing = (evidence: Evidence) =>
      measuresOf(evidence).flatMap(({ id, state }) => (state === 'missing' ? [id] : []));
    expect(missing(EVIDENCE)).toEqual([]);
    expect(page('article-28')).not.toContain(MARK);
    expect(missing({ ...EVIDENCE, ...change }).sort()).toEqual([...ids].sort());
    expect(page('article-28', change)).toContain(MARK);
  });

  test('that only a test shows say so, and a deployment without workspaces has none of theirs', () => {
    expect(page('article-28')).toContain('(tested in the package, not seen in the template)');
    const tenants = EVIDENCE.tenants.filter(({ kind }) => kind === 'project');
    expect(page('article-28', { tenants })).not.toContain('a key for each workspace');
  });

  test('come after a field for each point of Article 28(3)', () => {
    const annex = page('article-28');
    for (const point of 'abcdefgh') expect(annex).toContain(`<td>28(3)(${point})</td>`);
    expect(annex).toContain('the nature and the purpose of the processing');
    expect(annex).not.toContain('are the instructions on places');
  });

  test('and the sentences about the package are only those of a deployment with tenants', () => {
    const own = { tenants: [], keys: [row('k') as never], alarms: [row('a') as never] };
    expect(measuresOf({ ...EVIDENCE, ...own }).map(({ id }) => id)).toEqual(['boundary']);
    const other = { tenants: [] };
    expect(page('chapter-5')).toContain('Content is encrypted at rest');
    expect(page('chapter-5', other)).not.toContain('Content is encrypted at rest');
  });
});

describe('without metadata of paths', () => {
  test('stores are found by their logical IDs', () => {
    const stores = EVIDENCE.stores.map((one) => ({ ...one, name: `${one.name.replaceAll('/', '')}0A1B2C3D` }));
    const cells = (change: Partial<Evidence>) => page('workers', change).match(/not deployed/g)?.length;
    expect(cells({ stores })).toBe(cells({}));
    expect(measuresOf({ ...EVIDENCE, stores }).map(({ id }) => id)).toEqual(measuresOf(EVIDENCE).map(({ id }) => id));
  });

  test('a source is unknown, not absent, if none is found', () => {
    const workers = page('workers', { stores: [store('s', 'Other/Table', 'DynamoDB table', '1 day')] });
    expect(workers).not.toContain('not deployed');
    expect(workers).toContain('<td>unknown</td>');
  });
});

test('the ledger has its own period, in the sheet and under the AI Act', () => {
  const parts = [{ prefix: 'ledger/20', retention: { text: '412 days', basis: { kind: 'enforced' as const } } }];
  const [bucket, ...others] = EVIDENCE.stores;
  const stores = [{ ...bucket, parts } as never, ...others];
  expect(page('workers', { stores })).toContain('<td>412 days</td>');
  expect(page('ai-act', { stores })).toContain(
    '<code>Foundation/Evidence/Bucket: ledger/20</code></td><td>412 days</td><td>yes</td>',
  );
});

test('the assessment has each row that needs attention, and the transfers say what is none', () => {
  const row = {
    ...store('s', 'n', 'k', '1 day'),
    status: 'attention' as const,
    criterion: 'store.key',
    reason: 'a planted reason',
  };
  const assessment = page('article-35', { stores: [...EVIDENCE.stores, row, { ...row, id: 'other' }] });
  expect(assessment).toContain('<td>2 rows of the criterion store.key</td><td><code>a planted reason</code></td>');
  expect(page('chapter-5')).toContain('<p>Transfers to third countries: None by the deployed resources');
});

describe('periods', () => {
  const withParts = (parts: Record<string, string>) => ({
    stores: EVIDENCE.stores.map((one) => ({
      ...one,
      ...(one.name.endsWith('Evidence/Bucket') && {
        parts: Object.entries(parts).map(([prefix, text]) => ({
          prefix,
          retention: { text, basis: { kind: 'enforced' as const } },
        })),
      }),
    })),
  });

  test('of the trail, the ledger and certificates are those of the rules, in every document that has them', () => {
    const change = withParts({
      'AWSLogs/': '361 days + 7 days as an old version',
      'certificates/': '31 days + 7 days as an old version',
    });
    const trail = '361 days + 7 days more as an earlier version';
    const certificates = '31 days + 7 days more as an earlier version';
    expect(
      ['article-30', 'article-13', 'ai-act', 'workers'].filter((kind) => !page(kind, change).includes(trail)),
    ).toEqual([]);
    expect(
      ['article-30', 'article-13', 'workers'].filter((kind) => !page(kind, change).includes(certificates)),
    ).toEqual([]);
    for (const kind of ['article-13', 'workers']) expect(page(kind, change)).not.toContain('10 years');
  });

  test('of content are those of its stores, in the record, the assessment and the notice', () => {
    for (const kind of ['article-30', 'article-35', 'article-13']) {
      expect(page(kind)).toContain(
        '365 days + restorable for 35 days more; 365 days + 7 days more as an earlier version',
      );
      expect(page(kind, { stores: [stored('until deleted')] })).toContain('until deleted');
    }
  });

  test('of what remains after an erasure are those of the stores', () => {
    const change = { stores: [stored('365 days + 6 days restorable')] };
    expect(page('articles-15')).toContain('Members’ keys: restorable for 1 day more');
    expect(page('articles-15', change)).toContain('Content: restorable for 6 days more');
    expect(page('articles-15', change)).not.toContain('35 days');
  });

  test('in the notice are those of all that relates to the member, and of no other workspace', () => {
    const notice = page('article-13', {
      tenants: [...EVIDENCE.tenants, tenant('workspace', 'other', '1 day')],
      stores: [...EVIDENCE.stores, store('exemple-workspace-other', 'W/AccessLogs', 'S3 bucket', '77 days')],
    });
    expect(notice.split('<h2>Workspace: other')[0]).not.toContain('77 days');
    expect(notice).toContain('Access log of the buckets: 77 days');
    expect(page('article-13')).toContain('Members’ keys: until deleted');
    expect(page('article-13')).toContain('Article 14(2)(f)');
    expect(page('article-13')).not.toContain('in fact');
  });
});

describe('a store', () => {
  const replica = {
    ...store('exemple-recovery-sciences', 'Replica/Files/Bucket', 'S3 bucket', '1 day'),
    tenant: 'workspace/sciences',
  };

  test('is listed with its workspace by its tag, whatever its stack is', () => {
    const [own, shared] = page('article-30', { stores: [...EVIDENCE.stores, replica] }).split(
      'Stores that tenants share',
    );
    expect([own?.includes('Replica/Files/Bucket'), shared?.includes('Replica/Files/Bucket')]).toEqual([true, false]);
  });

  test('isn’t called shared if there are no tenants', () => {
    expect(page('article-30', { tenants: [] })).not.toContain('Stores that tenants share');
    expect(page('article-30', { tenants: [] })).toContain('Replica/Files/Bucket'.slice(8));
  });
});

test('a source without a name can relate to a member by another', () => {
  const workers = page('workers');
  expect(workers).toContain('<td>Record of requests</td><td>indirectly: by the link, the job or the trail</td>');
  expect(workers).toContain('the trail may still tell whose it is');
  expect(workers).toContain('<td>Metrics</td><td>no</td>');
});

test('the history of jobs can be shortened by a request, and metrics can’t', () => {
  const sheet = (name: string) => page('workers').split(`<h3>${name}</h3>`)[1]?.split('<h3>')[0];
  expect(sheet('History of jobs')).toContain(
    'to 30 days for the whole account and Region, by a request to AWS Support',
  );
  expect(sheet('Metrics')).toContain('can’t be shortened');
});

describe('the log of prompts and answers that the configuration declares', () => {
  const KINDS = ['article-30', 'article-13', 'articles-15', 'workers'];

  test.each(KINDS)('is in the document %s, and is unknown without a configuration', (kind) => {
    const invocationLog = { bucket: 'logged-prompts', logGroup: '/logged/prompts' };
    const declared = page(kind, {}, { invocationLog });
    expect(declared).toContain('<code>logged-prompts</code>, <code>/logged/prompts</code>');
    expect(declared).toContain('An erasure or a deletion doesn’t reach it');
    expect(page(kind, {}, { invocationLog: {} })).toContain('None is declared.');
    expect(page(kind)).toContain('the report was made without this file');
  });

  test('is shortened as its owner decides', () => {
    const [, sheet = ''] = page('workers').split('<h3>Log of prompts and answers');
    expect(sheet.split('<h3>')[0]).toContain('<td>How to shorten it</td><td>as its owner configures</td>');
  });

  test('contradicts no sentence: none says that no log has content, or that only a member reads it', () => {
    for (const { tree } of documentTrees(EVIDENCE, { language: 'en' })) {
      expect(html(tree)).not.toMatch(/None of them contains the text|Only you can read/);
    }
    expect(page('article-13')).toContain('Operators who may change keys, roles or code can gain access');
  });
});

test('the notice names recipients, periods of other data, and the interests to complete', () => {
  const notice = page('article-13');
  expect(notice).toContain('<code>Amazon Web Services</code></td>');
  const retained = page('article-13', { models: [model('eu.example.model-1', ['eu-west-1'], 'prompts, 30 days')] });
  expect(retained).toContain('<code>Amazon Web Services</code>, <code>example</code>');
  expect(page('article-28')).toMatch(/Makers of models.*<code>anthropic<\/code>/s);
  expect(notice).toContain('Trail (CloudTrail): at least 365 days');
  expect(notice).toContain('the legitimate interests pursued');
  expect(notice).toContain('your IP address is logged');
  expect(notice).toContain('each sign-in with the time, your IP address and your browser');
  expect(notice).toContain('What you alone used isn’t shown, unless the organisation declares that auditors see it');
  expect(notice).toContain('an operator together with one administrator suffices');
});

test('duties of high-risk systems have the day of Annex III, and none is left out silently', () => {
  const duties = page('ai-act');
  expect(duties.match(/2027-12-02 \(Annex III\)/g)).toHaveLength(7);
  for (const article of ['26(8)', '26(9)', '26(11)', '50(3)']) expect(duties).toContain(`<td>${article}</td>`);
  expect(duties).toContain('Article 26(10) concerns law enforcement only');
  expect(duties).toContain('so is Article 26(12)');
  expect(duties).toContain('a person holds editorial responsibility');
});

test('a text of a template that is the name of a member of every object is quoted', () => {
  const names = ['constructor', '__proto__', 'toString'];
  for (const text of names) {
    const stores = [{ ...store('s', 'n', 'k', text), key: { text, basis: { kind: 'set' as const, by: text } } }];
    expect(page('article-30', { stores })).toContain(`<code>${text}</code>`);
  }
});

test('a maker of which nothing is known does not retain by the facts', () => {
  const annex = page('article-28', { models: [model('eu.x.a', ['eu-west-1'], 'unknown')] });
  expect(annex).toContain('Whether it retains data isn’t known');
  expect(annex).not.toContain('retains data by the facts');
});

test('the sheet names the setting of a log only if the deployment has that log', () => {
  const sheet = (...names: string[]) => {
    const stores = names.map((name) => store('s', name, 'log group', '183 days'));
    return page('workers', { stores: [...EVIDENCE.stores, ...stores] });
  };
  const [open, rights, drill] = ['Projects/Open/LogGroup', 'Rights/Admin/LogGroup', 'Drill/LogGroup'];
  expect(sheet(rights)).toContain(rights);
  expect(sheet(rights)).not.toContain(open);
  expect(sheet(rights, open)).toContain(open);
  expect(sheet(drill)).not.toContain('Rights/*');
  expect(sheet(drill, 'Rights/Closer/LogGroup')).toContain('Rights/*');
});

test('a log without an end stays for six months', () => {
  const stores = [store('s', 'Gateway/LogGroup', 'log group', 'forever')];
  expect(page('ai-act', { stores })).toContain('<td>without limit</td><td>yes</td>');
});
