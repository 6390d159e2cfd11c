import { createHash, generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { report } from '@/lib/cli/commands/report';
import type { LiveRow } from '@/lib/evidence/core/evidence';
import { type Envelope, preAuthEncoding } from '@/lib/evidence/sign/dsse';
import { keyIdOf } from '@/lib/evidence/sign/keys';
import { resources } from '../../evidence/support/app';
import { type Answerer, FakeAws } from '../../support/fake-aws';
import { folder } from '../support';

const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/k';
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = generateKeyPairSync('ed25519');
const PUBLIC = { format: 'pem', type: 'spki' } as const;

const CONFIG = `boundary: eu
organisation: { name: Université Exemple, dpo: dpo@example.eu }
`;
const DEPLOYMENT = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
projects: [{ id: bot, models: [assistant] }]
`;
const app = (own: object = resources()) =>
  folder({
    'cdk.out/chat.template.json': { Resources: own },
    'cdk.out/manifest.json': {
      version: '48.0.0',
      artifacts: {
        chat: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/eu-central-1',
          properties: { templateFile: 'chat.template.json' },
        },
      },
    },
    'residency.yaml': CONFIG,
    'deployment.yaml': DEPLOYMENT,
    'key.pem': ed25519.privateKey.export({ format: 'pem', type: 'pkcs8' }),
    'key.pub': ed25519.publicKey.export(PUBLIC),
    'kms.pub': p256.publicKey.export(PUBLIC),
  });

const [ACCOUNT, USER] = ['111122223333', 'arn:aws:iam::111122223333:user/u'];
const xml = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${ACCOUNT}</Account><Arn>${USER}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const identity: Answerer = ({ action }) => (action === 'GetCallerIdentity' ? { xml } : undefined);

const aws = new FakeAws();
beforeAll(() => aws.start());
beforeEach(() => {
  aws.calls.length = 0;
});
afterAll(() => aws.stop());

async function run(cwd: string, ...args: string[]) {
  const [out, errors]: [string[], string[]] = [[], []];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void errors.push(line)),
  ];
  const before = { ...process.env };
  const from = process.cwd();
  Object.assign(process.env, aws.environment());
  process.chdir(cwd);
  try {
    return {
      code: await report(args, new Date('2026-11-30T12:00:00Z')),
      out: out.join('\n'),
      errors: errors.join('\n'),
    };
  } finally {
    process.chdir(from);
    process.env = before;
    for (const spy of spies) spy.mockRestore();
  }
}

const evidenceIn = (root: string) =>
  JSON.parse(readFileSync(path.join(root, 'residency-report/evidence.json'), 'utf8'));

test('writes the formats of an assembly, with the organisation of the configuration, and the same bytes again', async () => {
  const root = app();
  expect(await run(root)).toMatchObject({ code: 0, errors: '' });
  const names = readdirSync(path.join(root, 'residency-report'));
  expect(names).toContain('evidence.md');
  expect(names).toContain('evidence-stores.csv');
  const bytes = names.map((name) => readFileSync(path.join(root, 'residency-report', name), 'utf8'));
  expect(evidenceIn(root).head).toMatchObject({
    date: '2026-11-30',
    organisation: { name: 'Université Exemple', dpo: 'dpo@example.eu' },
    templates: [
      {
        file: 'chat.template.json',
        sha256: createHash('sha256')
          .update(readFileSync(path.join(root, 'cdk.out/chat.template.json')))
          .digest('hex'),
      },
    ],
  });
  const copy = app();
  await run(copy);
  expect(names.map((name) => readFileSync(path.join(copy, 'residency-report', name), 'utf8'))).toEqual(bytes);
});

test('a failed row and an unreadable input have codes of their own, and both are reported', async () => {
  const root = app({
    Store: { Type: 'AWS::SecretsManager::Secret', Properties: { ReplicaRegions: [{ Region: 'us-east-1' }] } },
  });
  expect((await run(root, '--format', 'json')).code).toBe(1);
  expect(readdirSync(path.join(root, 'residency-report'))).toEqual(['evidence.json']);
  writeFileSync(path.join(root, 'cdk.out/chat.template.json'), '{');
  const { code, errors } = await run(root, '--format', 'json');
  expect([code, errors]).toEqual([2, expect.stringContaining('chat.template.json: not read: ')]);
  expect(evidenceIn(root).findings[0]).toMatchObject({ criterion: 'template-readable', status: 'unknown' });
});

test.each<[string, string[], RegExp]>([
  ['a day that does not exist', ['--date', '2026-02-30'], /--date: needs a day that exists/],
  ['an unknown format', ['--format', 'pdf'], /--format: found 'pdf'; allowed: json, /],
  ['two assemblies', ['cdk.out', 'other'], /takes one assembly/],
  [
    'an assembly that is not there',
    ['other'],
    /no report is written: other: not read: there is no .*, run 'cdk synth'/,
  ],
  ['a file that is no template', ['residency.yaml'], /no report is written: residency.yaml: not read: /],
  ['a file that is no public key', ['verify', '--key', 'residency.yaml'], /isn't a public key.* -pubout -out key.pub/],
  ['a boundary next to a configuration', ['--boundary', 'eu', '--config', 'residency.yaml'], /given twice/],
  ['a folder that can not be written', ['--out', 'key.pem/report'], /can't be written \(E\w+\)/],
  [
    'such a folder, before the assembly is read',
    ['other', '--out', 'key.pem/report'],
    /^--out: the report can't be written \(ENOTDIR\)/,
  ],
  ['an empty name of a folder', ['other', '--out', ''], /^--out: the report can't be written \(ENOENT\)/],
  [
    'a joined report in a folder that can not be written, before a report is read',
    ['join', 'other', 'another', '--out', 'key.pem/report'],
    /^--out: the report can't be written \(ENOTDIR\)/,
  ],
  ['a file that is no key', ['--sign', 'residency.yaml'], /--sign: the file isn't a private key/],
  ['a key file that is not there', ['--sign', 'none.pem'], /can't be read \(ENOENT\)/],
  ['a KMS key outside the boundary', ['--sign', 'kms:arn:aws:kms:us-east-1:111122223333:key/k'], /outside the EU/],
  ['an alias of KMS', ['--sign', 'kms:alias/k'], /name the ARN of a key/],
  ['the account of no configuration', ['--live', '--boundary', 'eu'], /--live needs the configuration/],
  ['no key to verify with', ['verify'], /needs --key FILE/],
  ['a report without a signature', ['verify', 'cdk.out', '--key', 'key.pub'], /has no evidence.intoto.jsonl/],
])('%s is refused', async (_, args, message) => {
  await expect(run(app(), ...args)).rejects.toThrow(message);
});

test('a signed report is verified, and each altered, missing and added file is named', async () => {
  const root = app();
  await run(root, '--sign', 'key.pem');
  const verify = () => run(root, 'verify', 'residency-report', '--key', 'key.pub');
  expect(await verify()).toMatchObject({ code: 0, out: 'verified: 12 files are as they were signed' });
  const file = (name: string) => path.join(root, 'residency-report', name);
  writeFileSync(file('evidence.md'), 'other');
  writeFileSync(file('added.txt'), 'other');
  rmSync(file('evidence-keys.csv'));
  expect(await verify()).toMatchObject({
    code: 1,
    errors: expect.stringMatching(
      /^altered: evidence.md\nmissing: evidence-keys.csv\nadded: added.txt\nnot verified: .* ask the signer for /,
    ),
  });
  expect((await run(root, 'verify', '--key', 'kms.pub')).errors).toMatch(/^not verified: the key didn't make/);
  rmSync(file('evidence.md'));
  symlinkSync('gone', file('evidence.md'));
  expect((await verify()).errors).toMatch(/^altered: evidence.md\n/);
  await run(root, '--format', 'json');
  expect(readdirSync(path.join(root, 'residency-report'))).not.toContain('evidence.intoto.jsonl');
});

test('the documents name the log of prompts that the configuration declares', async () => {
  const root = app();
  const tenants = [
    "workspaces: [{ id: law, edition: edu, retention: 365d, models: [assistant], guardrail: { id: abcdefgh1234, version: '3' } }]",
    'bedrock: { invocationLogging: { bucket: logged-prompts } }',
  ];
  writeFileSync(path.join(root, 'deployment.yaml'), DEPLOYMENT.replace(/projects: .*/, tenants.join('\n')));
  await run(root, '--config', 'deployment.yaml', '--documents', 'en', '--format', 'html');
  const notice = path.join(root, 'residency-report', 'gdpr-article-13-notice.en.html');
  expect(readFileSync(notice, 'utf8')).toContain('<code>logged-prompts</code>');
});

test("an earlier report's files are removed, and no others, so that a new signature is about all", async () => {
  const root = app();
  await run(root, '--documents', 'de');
  const folder = path.join(root, 'residency-report');
  writeFileSync(path.join(folder, 'notes.txt'), 'own');
  await run(root, '--format', 'json', '--sign', 'key.pem');
  expect(readdirSync(folder).sort()).toEqual(['evidence.intoto.jsonl', 'evidence.json', 'notes.txt']);
});

test('a key of KMS signs in its own Region, and nothing but a digest is sent', async () => {
  const key: Answerer = ({ action }) => {
    const PublicKey = p256.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    return action === 'GetPublicKey' ? { json: { PublicKey, SigningAlgorithms: ['ECDSA_SHA_256'] } } : undefined;
  };
  const root = app();
  aws.answerers = [identity, key, () => ({ json: { Signature: Buffer.from('signature').toString('base64') } })];
  expect((await run(root, '--sign', `kms:${ARN}`)).code).toBe(0);
  const text = readFileSync(path.join(root, 'residency-report/evidence.intoto.jsonl'), 'utf8');
  const { payload, payloadType, signatures } = JSON.parse(text) as Envelope;
  expect(signatures).toEqual([{ keyid: keyIdOf(p256.publicKey), sig: 'c2lnbmF0dXJl' }]);
  const [read, signed] = aws.calls.filter(({ service }) => service === 'kms');
  expect([read, signed].map((call) => `${call?.action} ${call?.region}`)).toEqual([
    'GetPublicKey eu-central-1',
    'Sign eu-central-1',
  ]);
  const message = preAuthEncoding(payloadType, Buffer.from(payload, 'base64'));
  expect(JSON.parse(`${signed?.body}`)).toEqual({
    KeyId: ARN,
    Message: createHash('sha256').update(message).digest('base64'),
    MessageType: 'DIGEST',
    SigningAlgorithm: 'ECDSA_SHA_256',
  });
  aws.answerers = [identity, () => ({ error: 'AccessDeniedException' })];
  await expect(run(root, '--sign', `kms:${ARN}`)).rejects.toThrow(/AccessDeniedException.*kms:GetPublicKey/);
});

test('the state of the account is added with the time of each row, and what can not be read is unknown', async () => {
  const root = app();
  aws.answerers = [identity, () => ({ error: 'AccessDeniedException' })];
  await run(root, '--live', '--config', 'deployment.yaml', '--format', 'json,csv');
  const live: LiveRow[] = evidenceIn(root).live;
  expect(live.map(({ criterion }) => criterion)).toEqual(
    expect.arrayContaining(['live.account', 'live.retention-mode', 'live.invocation-logging', 'live.key-access']),
  );
  expect(live.find(({ criterion }) => criterion === 'live.key-access')).toMatchObject({
    status: 'unknown',
    reason: expect.stringContaining('AccessDeniedException'),
  });
  for (const { readAt, date } of live) expect(new Date(readAt).toISOString().slice(0, 10)).toBe(date);
  expect(readFileSync(path.join(root, 'residency-report/evidence-live.csv'), 'utf8')).toMatch(
    /^status,criterion,read_at,/,
  );
});

describe('a drill of a provider', () => {
  const DRILL = {
    report: 'provider-drill',
    provider: 'openai',
    model: 'assistant',
    at: '2026-11-29T08:00:00.000Z',
    before: 'openai/gpt-5.4',
    outAfterSeconds: 20.1,
    backAfterSeconds: 18,
    requests: { sent: 2, failed: 0 },
    answers: { 'openai/gpt-5.4': 1, 'vpc/llama': 1 },
    passed: true,
  };
  const drilled = (content: object | string, ...args: string[]) => {
    const root = app();
    writeFileSync(path.join(root, 'drill.json'), typeof content === 'string' ? content : JSON.stringify(content));
    return { root, result: run(root, '--drill', 'drill.json', ...args) };
  };

  test('is a section of the report, and one that failed makes the report fail', async () => {
    const { root, result } = drilled(DRILL);
    expect((await result).code).toBe(0);
    expect(evidenceIn(root).drills).toMatchObject([{ criterion: 'drill.failover', status: 'attention', at: DRILL.at }]);
    const read = (name: string) => readFileSync(path.join(root, 'residency-report', name), 'utf8');
    expect(read('evidence-drills.csv')).toContain(',openai,assistant,2026-11-29T08:00:00.000Z,20.1,18,2,0,');
    expect(read('evidence.md')).toContain('\n## Drills\n');
    expect(read('evidence.html')).toContain('id="drills"');
    await run(root, '--format', 'html');
    expect(readdirSync(path.join(root, 'residency-report'))).toEqual(['evidence.html']);
    const { outAfterSeconds: _, ...failed } = DRILL;
    expect((await drilled({ ...failed, passed: false }).result).code).toBe(1);
  });

  test.each<[string, object | string, string[], RegExp]>([
    [
      'no JSON',
      '{',
      [],
      /^--drill drill\.json: it isn't the report of a drill of a provider \(no JSON object\); name the file/,
    ],
    [
      'a contradiction',
      { ...DRILL, passed: false },
      [],
      /^--drill drill\.json: its figures contradict .*'passed' is false/,
    ],
    [
      'a later day',
      DRILL,
      ['--date', '2026-11-28'],
      /^--drill drill\.json: found a drill of 2026-11-29T.*, after 2026-11-28, the day of the report; name an earlier/,
    ],
    ['too many bytes', ' '.repeat(262_145), [], /^--drill drill\.json: it has over 262144 bytes; name the file/],
    ['no file', DRILL, ['--drill', 'none.json'], /^--drill none\.json: it can't be read \(ENOENT\); name the file/],
  ])('with %s is refused, and nothing is written', async (_, content, args, message) => {
    const { root, result } = drilled(content, ...args);
    await expect(result).rejects.toThrow(message);
    expect(readdirSync(root)).not.toContain('residency-report');
  });
});

test('documents are written in the languages and formats that are asked for, and are signed with the rest', async () => {
  const root = app();
  const named = async (...args: string[]) => {
    expect((await run(root, '--out', 'o', ...args)).code).toBe(0);
    const names = readdirSync(path.join(root, 'o'));
    rmSync(path.join(root, 'o'), { recursive: true });
    return names;
  };
  const documents = await named('--format', 'odt');
  expect(documents).toHaveLength(8);
  expect(documents).toContain('gdpr-article-30-record.en.odt');
  const both = await named('--format', 'json', '--documents', 'fr, de', '--sign', 'key.pem');
  expect(both).toHaveLength(2 + 2 * 2 * 8);
  expect(both).toContain('gdpr-article-30-record.de.html');
  await run(root, '--documents', 'fr', '--sign', 'key.pem', '--reviewed-by', 'A. Avocat');
  const page = readFileSync(path.join(root, 'residency-report/gdpr-article-30-record.fr.html'), 'utf8');
  expect(page).toContain('<td>A. Avocat</td>');
  expect(page).toContain('<td>dpo@example.eu</td>');
  expect(await run(root, 'verify', '--key', 'key.pub')).toMatchObject({ code: 0 });
});

const MODEL = { destination: 'eu.x.m', regions: ['eu-west-1'], providerRetains: { text: 'nothing' } };
const EARLIER = {
  format: 1,
  head: { date: '2026-01-01' },
  regions: [{ region: 'eu-west-1', uses: [] }],
  models: [MODEL],
};

test.each<[string, object]>([
  ['format', { format: 2 }],
  ['date', { head: {} }],
  ['kind of date', { head: { date: 'yesterday' } }],
  ['Region', { regions: [{ uses: [] }] }],
  ['use of a Region', { regions: [{ region: 'eu-west-1' }] }],
  ['destination', { models: [{ ...MODEL, destination: 1 }] }],
  ['Region of a destination', { models: [{ ...MODEL, regions: [1] }] }],
  ['retention of a destination', { models: [{ ...MODEL, providerRetains: {} }] }],
  ['list of models', { models: undefined }],
  ['model', { models: [null] }],
])('an earlier report with another %s is refused', async (_, change) => {
  const root = app();
  const previous = (content: object) => {
    writeFileSync(path.join(root, 'before.json'), JSON.stringify(content));
    return run(root, '--format', 'json', '--previous', 'before.json');
  };
  expect((await previous(EARLIER)).code).toBe(0);
  await expect(previous({ ...EARLIER, ...change })).rejects.toThrow(/isn't a report of format 1/);
});

test('sub-processors that differ from an earlier report are printed, and fail if they should', async () => {
  const root = app();
  await run(root, '--format', 'json');
  const evidence = evidenceIn(root);
  const model = { destination: 'eu.gone\u001b[1m.m', regions: ['eu-west-1'], providerRetains: { text: 'nothing' } };
  writeFileSync(path.join(root, 'before.json'), JSON.stringify({ ...evidence, models: [model] }));
  const compared = await run(root, '--previous', 'before.json', '--documents', 'en');
  expect(compared.code).toBe(0);
  expect(compared.out).toMatch(/^sub-processor removed: /m);
  expect((await run(root, '--previous', 'before.json', '--fail-on-change')).code).toBe(1);
  const same = await run(root, '--previous', 'residency-report/evidence.json', '--fail-on-change');
  expect([same.code, same.out]).toEqual([0, expect.not.stringContaining('sub-processor')]);
});

test.each<[string, string[], RegExp]>([
  ['an unknown language', ['--documents', 'it'], /--documents: found 'it'; allowed: en, fr, de/],
  ['a reviewer without documents', ['--reviewed-by', 'x'], /add --documents with their languages/],
  ['a name that a page could obey', ['--documents', 'en', '--reviewed-by', 'a\u202eb'], /a name of one line/],
  ['nothing to compare with', ['--fail-on-change'], /add --previous FILE/],
  ['an earlier report that is not there', ['--previous', 'none.json'], /--previous: .* \(ENOENT\)/],
  ['an earlier report that is not JSON', ['--previous', 'residency.yaml'], /--previous: the file isn't JSON/],
  [
    'another file of JSON',
    ['--previous', 'cdk.out/manifest.json'],
    /isn't a report of format 1; name the evidence.json/,
  ],
])('%s is refused', async (_, args, message) => {
  await expect(run(app(), ...args)).rejects.toThrow(message);
});
