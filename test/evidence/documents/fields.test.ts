import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CHECK_AGE,
  EVENT_COUNTS,
  GATEWAY_DIMENSIONS,
  NOTICES,
  REQUEST_COUNTS,
  REQUEST_TIMES,
  TOKEN_COUNTS,
} from '@/lib/contract/metrics';
import { logicalEnd } from '@/lib/evidence/statements/construct-end';
import { RECORDED, type RecordedId } from '@/lib/evidence/statements/recorded-catalogue';
import type { RecordedSource } from '@/lib/evidence/statements/recorded-sources';
import { deployedTemplates } from '@/test/support/deployed-templates';

const ROOT = path.join(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const fieldsOf = (id: RecordedId): string[] => {
  const source: RecordedSource = RECORDED[id];
  return Object.values(source.fields).flat().sort();
};

/** The members of an interface, in the form in which the formatter writes them. */
function members(file: string, name: string): string[] {
  const body = new RegExp(`^export interface ${name}\\b[^{]*\\{\n(.*?)^\\}`, 'ms').exec(read(file))?.[1];
  if (body === undefined) throw new Error(`${file} has no interface ${name}; name its new place`);
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, member = '']) => member);
}

/** The attributes that a folder's code gives to rows in place: `name: { S: value }`. */
const rowAttributes = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder)).flatMap((name) =>
    [...read(`${folder}/${name}`).matchAll(/\b(\w+): \{ (?:S|N|BOOL): /g)].map(([, attribute = '']) => attribute),
  );

const USE = members('lib/runtime/gateway/limits/use.ts', 'CacheUse');

/** What a written line has besides the record. */
const LINE = ['event', ...members('lib/runtime/http/records/evidence-line.ts', 'EvidenceLine')];
/** What lines of requests lack: the gateway links the member elsewhere, and an act is another kind of line. */
const LEFT_OUT: Partial<Record<RecordedId, string[]>> = {
  requestRecord: ['member', 'about', 'act'],
  ledgerHours: ['member', 'about'],
  // Encrypted.
  memberKeys: ['proof'],
  // Of projects only.
  usage: ['destinations', 'label'],
  projectUsage: ['member'],
  // A count for each model.
  groupsOfMonth: ['models'],
};

test.each<[RecordedId, string, string, string[]]>([
  ['requestRecord', 'lib/runtime/http/records/residency-record.ts', 'ResidencyRecord', LINE],
  ['residencyRecord', 'lib/runtime/http/records/residency-record.ts', 'ResidencyRecord', LINE],
  ['ledgerHours', 'lib/runtime/http/records/residency-record.ts', 'ResidencyRecord', LINE],
  ['operationsRecord', 'lib/runtime/http/records/operations.ts', 'OperationsRecord', []],
  ['usage', 'lib/runtime/gateway/limits/read-usage.ts', 'DayOfUse', [...USE, 'tokens']],
  [
    'projectUsage',
    'lib/runtime/gateway/limits/read-usage.ts',
    'DayOfUse',
    [
      ...USE,
      ...['tokens', 'nanoUsd'],
      ...members('lib/runtime/gateway/limits/destination-parts.ts', 'UseOfDestination'),
    ],
  ],
  ['months', 'lib/runtime/gateway/usage/month-store.ts', 'UsedByMember', ['month']],
  [
    'groupsOfMonth',
    'lib/runtime/gateway/usage/released.ts',
    'GroupOfMonth',
    ['month', ...members('lib/runtime/gateway/usage/released.ts', 'Block')],
  ],
  [
    'directory',
    'lib/runtime/directory/records.ts',
    'DirectoryUser',
    [
      'id',
      'externalId',
      'created',
      'changed',
      'version',
      ...members('lib/runtime/directory/records.ts', 'DirectoryGroup'),
      // Of rows of memberships, of links to members, and of reserved values, whose keys are the IDs and digests.
      ...['pk', 'sk', ...rowAttributes('lib/runtime/directory')],
    ],
  ],
  ['apiKeys', 'lib/runtime/gateway/keys/key-record.ts', 'KeyRecord', ['salt', 'hash']],
  [
    'memberKeys',
    'lib/runtime/workspace/keys/member-key.ts',
    'MemberKey',
    [
      ...members('lib/runtime/workspace/keys/member-key.ts', 'SignInState'),
      ...members('lib/runtime/workspace/keys/member-key.ts', 'KeysOfMember'),
      ...members('lib/runtime/http/member.ts', 'MemberKeyUse'),
      ...['pk', 'sk', 'version', 'expiresAt', 'salt', 'hash'],
    ],
  ],
  ['openProjects', 'lib/runtime/gateway/open/open-project.ts', 'OpenProject', ['request']],
  ['jobs', 'lib/runtime/rights/jobs/job.ts', 'Job', members('lib/runtime/rights/store/holds.ts', 'Hold')],
  [
    'members',
    'lib/runtime/workspace/identity/suspension.ts',
    'Suspension',
    // The sort key of both is the member's ID.
    ['sk', ...members('lib/runtime/workspace/identity/membership.ts', 'Membership')],
  ],
])('the sheet has each field of %s', (id, file, name, more) => {
  const left = LEFT_OUT[id] ?? [];
  const expected = [...new Set([...members(file, name), ...more])].filter((field) => !left.includes(field));
  expect(fieldsOf(id)).toEqual(expected.sort());
});

test('the sheet has each field of the access log', () => {
  const stages = Object.values(deployedTemplates().sciences.findResources('AWS::ApiGateway::Stage'));
  const format = stages.map(({ Properties }) => Properties.AccessLogSetting.Format);
  expect(fieldsOf('accessLog')).toEqual(Object.keys(JSON.parse(format[0])).sort());
});

test('the sheet has each metric of a request', () => {
  const dimensions = Object.values(GATEWAY_DIMENSIONS).flat();
  const metrics = [...REQUEST_COUNTS, ...REQUEST_TIMES, ...EVENT_COUNTS, ...TOKEN_COUNTS, CHECK_AGE, NOTICES];
  expect(fieldsOf('metrics')).toEqual([...new Set([...metrics, ...dimensions, 'Timestamp', 'route'])].sort());
});

const KINDS = ['background', 'conversations', 'files', 'prompts'].map((kind) => `lib/runtime/workspace/${kind}`);

/** The names of the attributes that an object literal has, those of conditional parts included; what is spread otherwise is encrypted. */
const attributes = (literal: string): string[] =>
  literal
    .replace(/\.\.\.\(await.*$/gm, '')
    .replace(/\.\.\.\([^({]*\{/g, '')
    .split(/[,}]/)
    .map((entry) => entry.split(':')[0]?.trim() ?? '')
    .filter((name) => /^\w+$/.test(name) && name !== 'content');

/** A text up to the brace that closes the one before it. */
function upToBrace(text: string): string {
  let depth = 1;
  const end = [...text].findIndex((character) => {
    if (character === '{') depth++;
    return character === '}' && --depth === 0;
  });
  return text.slice(0, end);
}

test('the sheet has each readable attribute of stored content', () => {
  const files = KINDS.flatMap((folder) => readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`));
  const written = files.flatMap((file) =>
    read(file)
      .split('toAttributes({')
      .slice(1)
      .flatMap((rest) => attributes(upToBrace(rest))),
  );
  // A worker changes its rows in place, by placeholders for the names of attributes.
  const changed = files.flatMap((file) => [...read(file).matchAll(/'#\w+': '(\w+)'/g)].map(([, name]) => name));
  expect(new Set([...written, ...changed, 'pk', 'sk'])).toEqual(new Set(fieldsOf('content')));
});

/** What stores personal or technical traces of use. Topics store nothing, and keys have no rows. */
const STORES = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
  'AWS::Logs::LogGroup',
  'AWS::Cognito::UserPool',
  'AWS::CloudTrail::Trail',
  'AWS::StepFunctions::StateMachine',
];

/** Tables of settings and the log of counts of the ledger, without a row for a use. */
const NO_USE = /(KeySets|Readings)Table[0-9A-F]{8}$|^FoundationTrail|^LedgerCloseLogGroup/;

test('the sheet has each store of the deployed templates', () => {
  const ends = (Object.values(RECORDED) as RecordedSource[]).flatMap(({ stores }) => stores.map(logicalEnd));
  const ids = Object.values(deployedTemplates()).flatMap((template) =>
    STORES.flatMap((type) => Object.keys(template.findResources(type))),
  );
  expect(ids.length).toBeGreaterThan(30);
  const missing = ids.filter((id) => !NO_USE.test(id) && !ends.some((end) => id.slice(0, -8).endsWith(end)));
  expect(missing).toEqual([]);
});

test('each setting is a property that a construct of the library has, and each of its stores is one of the source', () => {
  const api = read('docs/api/main.api.md');
  for (const { settings = [], stores } of Object.values(RECORDED) as RecordedSource[]) {
    for (const { in: place, name = '', stores: own = [] } of settings) {
      const [construct, property] = name.split('.');
      const declared = new RegExp(`interface ${construct}Props [^}]*readonly ${property}\\?:`, 's');
      expect([name, place !== 'construct' || declared.test(api)]).toEqual([name, true]);
      const ends = own.map((one) => one.replace('*', ''));
      expect(ends.filter((end) => !stores.some((store) => end.endsWith(store) || store.startsWith(end)))).toEqual([]);
    }
  }
});

/** Prefixes of the evidence bucket that record nothing about use: settings of Bedrock before the first deployment. */
const NO_USE_PREFIXES = ['bedrock-retention/'];

test('the sheet has each part of the evidence bucket that a rule ends', () => {
  const buckets = Object.entries(deployedTemplates().foundation.findResources('AWS::S3::Bucket'));
  const rules = buckets
    .filter(([id]) => id.includes('Evidence'))
    .flatMap(([, { Properties }]) => Properties.LifecycleConfiguration.Rules);
  const prefixes: string[] = rules.flatMap(({ Prefix }: { readonly Prefix?: string }) => Prefix ?? []);
  const known = (Object.values(RECORDED) as RecordedSource[]).flatMap(({ prefix }) => prefix ?? []);
  expect(prefixes.filter((prefix) => !NO_USE_PREFIXES.includes(prefix)).sort()).toEqual(known.sort());
});

test('the sheet has each kind of event of the trail', () => {
  const [trail] = Object.values(deployedTemplates().foundation.findResources('AWS::CloudTrail::Trail'));
  const names = trail?.Properties.AdvancedEventSelectors.map(({ Name }: { readonly Name: string }) => Name);
  expect(names).toEqual(['Management, with every use of a key', 'Items of tables', 'Objects of buckets']);
});
