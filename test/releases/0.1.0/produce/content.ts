// Writes `content`: what this version stores of conversations, files, prompts, jobs, keys, counts and checks, and what clients received.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DeleteItemCommand, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { DynamoDbKeyStore } from '../../../../lib/runtime/gateway/keys/dynamodb-key-store';
import { newKey } from '../../../../lib/runtime/gateway/keys/new-key';
import { rotatedKey } from '../../../../lib/runtime/gateway/keys/rotate-key';
import { readUsage } from '../../../../lib/runtime/gateway/limits/read-usage';
import { ContentDatabase } from '../../../../lib/runtime/local/aws/content-database';
import { check } from '../../../../lib/runtime/provider/check';
import { FormerSettings } from '../../../../lib/runtime/provider/former-settings';
import { parseProviderPolicy } from '../../../../lib/runtime/provider/policy';
import { ReadingsStore } from '../../../../lib/runtime/provider/readings-store';
import { FakeCognito } from '../../../runtime/members/support/fake-cognito';
import { SAMPLES, sample } from '../../../runtime/workspace/files/support/samples';
import { Deployment, POOLS, RECOVERY_TABLES, TABLES, WORKSPACES } from './deployment';

const FOLDER = path.join(__dirname, '../content');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MODEL = 'assistant';

const stores = mkdtempSync(path.join(tmpdir(), 'release-'));
const deployment = new Deployment(stores);
const cognito = new FakeCognito();

/** What a client may ask again, whatever version answers. */
interface Received {
  readonly of: 'workspace' | 'rights' | 'members' | 'projects';
  readonly workspace: string;
  readonly as: string;
  readonly path: string;
  readonly status: number;
  /** The digest and size of what isn't JSON. */
  readonly body: unknown;
}
const received: Received[] = [];
const ROLES: Record<string, string> = { root: 'admin', second: 'admin', chief: 'admin' };

async function ask(
  of: Received['of'],
  workspace: string,
  as: string,
  method: string,
  to: string,
  body?: object | FormData,
) {
  const gateway = {
    workspace: () => deployment.workspace(workspace),
    rights: () => deployment.rights(workspace),
    members: () => deployment.members(workspace, cognito.url),
    projects: () => deployment.projects(),
  }[of]();
  const token = of === 'projects' ? as : await deployment.token(workspace, as, ROLES[as] ?? 'member');
  const isForm = body instanceof FormData;
  const response = await gateway.fetch(
    new Request(`https://gateway.invalid${to}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && !isForm && { 'content-type': 'application/json' }) },
      body: isForm ? body : body && JSON.stringify(body),
    }),
  );
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  deployment.time += 1_000;
  return { status: response.status, answer: isJson ? JSON.parse(bytes.toString()) : digestOf(bytes) };
}

const digestOf = (bytes: Buffer) => ({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });

/** Asks what has to be answered. */
async function did(...asked: Parameters<typeof ask>) {
  const { status, answer } = await ask(...asked);
  if (status >= 300) throw new Error(`${asked.slice(0, 5).join(' ')}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}

async function fill(workspace: string, user: string) {
  const post = (to: string, body: object | FormData) => did('workspace', workspace, user, 'POST', `/v1${to}`, body);
  const form = (fields: Record<string, string | File>) => {
    const made = new FormData();
    for (const [name, value] of Object.entries(fields)) made.append(name, value);
    return made;
  };
  const text = (words: string) => ({ role: 'user', content: [{ type: 'input_text', text: words }] });

  // A conversation of several turns, with labels, a tool call, an image and items that were added apart.
  const items = [
    { role: 'system', content: 'Answer briefly.' },
    text(`Bonjour, je suis ${user}. Zürich, Łódź, Ελλάδα, 🙂`),
  ];
  const { id: conversation } = await post('/conversations', {
    metadata: { topic: 'thermodynamics', course: 'PHY-101' },
    items,
  });
  for (const words of ['What is entropy?', 'And in one sentence?', 'Give an example.']) {
    await post('/responses', { model: MODEL, conversation, input: words, metadata: { turn: words.length.toString() } });
  }
  const tools = [
    {
      type: 'function',
      name: 'look_up',
      parameters: { type: 'object', properties: { term: { type: 'string' } } },
      strict: false,
    },
  ];
  const called = await post('/responses', {
    model: MODEL,
    conversation,
    input: 'Look up enthalpy.',
    tools,
    tool_choice: 'required',
  });
  const outputs = called.output
    .filter(({ type }: { type: string }) => type === 'function_call')
    .map(({ call_id }: { call_id: string }) => ({
      type: 'function_call_output',
      call_id,
      output: '{"term":"enthalpy"}',
    }));
  await post('/responses', { model: MODEL, conversation, input: outputs, tools });
  const image_url = `data:image/png;base64,${SAMPLES.png.toString('base64')}`;
  await post(`/conversations/${conversation}/items`, {
    items: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'A picture' },
          { type: 'input_image', image_url, detail: 'auto' },
        ],
      },
    ],
  });
  await post(`/conversations/${conversation}`, { metadata: { topic: 'thermodynamics', course: 'PHY-102' } });
  const { data: listed } = await did(
    'workspace',
    workspace,
    user,
    'GET',
    `/v1/conversations/${conversation}/items?order=asc`,
  );
  await did('workspace', workspace, user, 'DELETE', `/v1/conversations/${conversation}/items/${listed[1].id}`);

  // Responses that continue each other without a conversation, one of them deleted, one larger than a row holds.
  const first = await post('/responses', { model: MODEL, input: 'Begin a thread.', instructions: 'Be polite.' });
  const second = await post('/responses', { model: MODEL, input: 'Go on.', previous_response_id: first.id });
  await post('/responses', { model: MODEL, input: 'And on.', previous_response_id: second.id });
  const gone = await post('/responses', { model: MODEL, input: 'To be deleted.' });
  await did('workspace', workspace, user, 'DELETE', `/v1/responses/${gone.id}`);
  // One user is enough: what is larger than a row holds is in the bucket, of which there are two.
  const large = user === 'bob' ? await post('/conversations', { items: [text('large '.repeat(52_000))] }) : undefined;
  const deleted = await post('/conversations', { items: [text('To be deleted.')] });
  await did('workspace', workspace, user, 'DELETE', `/v1/conversations/${deleted.id}`);

  // Files: whole, in parts, and deleted.
  const pdf = await post('/files', form({ file: sample('pdf', 'Bericht.pdf'), purpose: 'user_data' }));
  const unused = await post('/files', form({ file: sample('png', 'unused.png'), purpose: 'vision' }));
  await did('workspace', workspace, user, 'DELETE', `/v1/files/${unused.id}`);
  const whole = Buffer.from('A text in three parts. '.repeat(60));
  const upload = await begin(whole, 'parts.txt');
  const complete = await post(`/uploads/${upload.id}/complete`, { part_ids: upload.parts });
  const withFile = [
    {
      role: 'user',
      content: [
        { type: 'input_text', text: 'Read it.' },
        { type: 'input_file', file_id: pdf.id },
      ],
    },
  ];
  const read = await post('/responses', { model: MODEL, conversation, input: withFile });

  // A prompt of two versions, with a file.
  const prompt = await post('/prompts', {
    name: 'Tutor',
    instructions: 'Explain {{topic}} to {{who}}.',
    model: MODEL,
    files: [pdf.id],
  });
  await post(`/prompts/${prompt.id}/versions`, { instructions: 'Ask about {{topic}}.', model: MODEL });
  const prompted = await post('/responses', {
    input: 'Go',
    prompt: { id: prompt.id, version: '1', variables: { topic: 'law', who: 'me' } },
  });

  async function begin(content: Buffer, filename: string) {
    const { id } = await post('/uploads', {
      bytes: content.length,
      filename,
      mime_type: 'text/plain',
      purpose: 'user_data',
    });
    const parts: string[] = [];
    for (let at = 0; at < content.length; at += 500) {
      const data = new File([content.subarray(at, at + 500)], 'blob', { type: 'application/octet-stream' });
      parts.push((await post(`/uploads/${id}/parts`, form({ data }))).id);
    }
    return { id, parts };
  }

  const paths = [
    '/conversations?order=asc',
    `/conversations/${conversation}`,
    `/conversations/${conversation}/items?order=asc&limit=100`,
    `/conversations/${conversation}/items?limit=4`,
    `/conversations/${conversation}/items/${listed[0].id}`,
    ...(large === undefined ? [] : [`/conversations/${large.id}/items`]),
    `/conversations/${deleted.id}`,
    ...[first, second, called, read, prompted].flatMap(({ id }) => [
      `/responses/${id}`,
      `/responses/${id}/input_items`,
    ]),
    `/responses/${gone.id}`,
    '/files?order=asc',
    `/files/${pdf.id}`,
    `/files/${pdf.id}/content`,
    `/files/${complete.file.id}`,
    `/files/${complete.file.id}/content`,
    `/files/${unused.id}`,
    '/prompts',
    `/prompts/${prompt.id}`,
    `/prompts/${prompt.id}/versions`,
  ];
  return { conversation, begin, paths, prompt: prompt.id, last: second.id };
}

/** What DynamoDB and S3 replicate by themselves. */
async function replicate(workspace: string) {
  const [table, bucket] = [`${workspace}-content`, `${workspace}-files`];
  const { aws, recovery } = deployment;
  const name = ({ pk, sk }: Record<string, { S?: string }>) => JSON.stringify([pk?.S, sk?.S]);
  const names = new Set<string>();
  for await (const { Items = [] } of paginateScan({ client: aws.dynamodb() }, { TableName: table })) {
    for (const Item of Items) {
      names.add(name(Item as never));
      await recovery.dynamodb().send(new PutItemCommand({ TableName: table, Item }));
    }
  }
  for await (const { Items = [] } of paginateScan({ client: recovery.dynamodb() }, { TableName: table })) {
    for (const Item of Items) {
      const { pk, sk } = Item as never;
      if (!names.has(name(Item as never)))
        await recovery.dynamodb().send(new DeleteItemCommand({ TableName: table, Key: { pk, sk } }));
    }
  }
  const list = { Bucket: bucket, Prefix: 'content/' };
  const { Contents = [] } = await aws.s3().send(new ListObjectsV2Command(list));
  const { Contents: copies = [] } = await recovery.s3().send(new ListObjectsV2Command(list));
  const [wanted, there] = [Contents, copies].map((all) => all.flatMap(({ Key }) => Key ?? []));
  for (const Key of wanted?.filter((key) => !there?.includes(key)) ?? []) {
    const { Body } = await aws.s3().send(new GetObjectCommand({ Bucket: bucket, Key }));
    const bytes = await Body?.transformToByteArray();
    await recovery.s3().send(new PutObjectCommand({ Bucket: bucket, Key, Body: bytes, ContentLength: bytes?.length }));
  }
  for (const Key of there?.filter((key) => !wanted?.includes(key)) ?? []) {
    await recovery.s3().send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  }
  await deployment.copyKeys(workspace);
}

/** Keys of projects: in use, rotated, ending and revoked; and what their counts are. */
async function projects() {
  const store = new DynamoDbKeyStore(deployment.table('projects'));
  const at = () => new Date(deployment.time);
  const make = async (project: string, over: object = {}) => {
    const made = newKey({ kind: 'deployment', project, created: at(), ...over });
    await store.add(made.record);
    deployment.time += 1_000;
    return made;
  };
  const plain = await make('helpdesk-bot', { label: 'CI' });
  const ending = await make('search', { expires: new Date(deployment.time + 200 * DAY) });
  const rotated = await make('helpdesk-bot', { label: 'rotated' });
  const again = rotatedKey(rotated.record, { now: at(), overlapMs: 30 * DAY });
  await store.replace(again.record, rotated.record);
  const revoked = await make('helpdesk-bot');
  await store.revoke(revoked.record.id, 'helpdesk-bot', at());
  const chat = { model: MODEL, messages: [{ role: 'user', content: 'A question of a project' }] };
  for (const { key } of [plain, again, rotated]) await did('projects', '', key, 'POST', '/v1/chat/completions', chat);
  await did('projects', '', ending.key, 'POST', '/v1/embeddings', { model: 'embed', input: 'A text' });
  return {
    keys: [plain, ending, rotated, again, revoked].map(({ key }) => key),
    records: [...(await store.list('helpdesk-bot')), ...(await store.list('search'))],
  };
}

/** What the functions of the provider store: readings, and modes as they were before. */
async function readings() {
  const functions: Record<string, string>[] = JSON.parse(readFileSync(path.join(FOLDER, '../functions.json'), 'utf8'));
  const texts = functions
    .filter(({ app, bundle }) => app === 'full' && bundle === 'provider')
    .map(({ policy = '' }) => readFileSync(path.join(FOLDER, '..', policy), 'utf8'));
  const policy = texts.map(parseProviderPolicy).find(({ task }) => task === 'check');
  if (policy === undefined) throw new Error('no check');
  const store = new ReadingsStore(deployment.aws.dynamodb(), 'readings');
  const regionsOf = (region: string, id: string) =>
    policy.destinations.find((one) => one.sourceRegion === region && one.id === id)?.regions ?? [];
  const control = {
    retentionMode: async () => 'none',
    invocationLogging: async () => undefined,
    profileRegions: async (region: string, id: string) => [...regionsOf(region, id)],
  };
  const now = () => new Date(deployment.time);
  const findings = await check({ policy, control: control as never, keep: (reading) => store.put(reading), now });
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  const former = new FormerSettings(deployment.aws.s3(), 'evidence', now);
  for (const region of policy.regions) await former.keep(region, 'default');
}

/** Asks for what is there, and stores what came. */
async function receive(of: Received['of'], workspace: string, as: string, path: string) {
  const before = deployment.time;
  const { status, answer } = await ask(of, workspace, as, 'GET', path);
  deployment.time = before;
  received.push({ of, workspace, as, path, status, body: answer });
}

async function main() {
  await cognito.start();
  for (const [name, role] of [
    ['ada', 'member'],
    ['bob', 'member'],
    ['dora', 'member'],
    ['gus', 'member'],
    ['root', 'admin'],
    ['otto', 'auditor'],
  ] as const) {
    cognito.add(name, name, [`sciences-${role}`]);
  }
  const admin = (method: string, to: string, body?: object, as = 'root') =>
    did('rights', 'sciences', as, method, `/admin/v1/rights${to}`, body);
  await deployment.refreshKeySets();
  await readings();
  await did('rights', 'sciences', 'root', 'GET', '/admin/v1/rights/jobs');

  // Somebody who is erased, in both Regions, certified, and let back: their key is of a second life then.
  const filled = { eve: await fill('sciences', 'eve'), finn: await fill('sciences', 'finn') };
  await replicate('sciences');
  for (const user of ['eve', 'finn']) await admin('POST', '/erasures', { user });
  deployment.time += DAY + HOUR;
  await deployment.refreshKeySets();
  await deployment.goOn('sciences');
  await admin('POST', '/readmissions', { user: 'finn' });
  await deployment.goOn('sciences');
  const anew = await did('workspace', 'sciences', 'finn', 'POST', '/v1/conversations', {
    metadata: { life: 'second' },
  });

  const ada = await fill('sciences', 'ada');
  const bob = await fill('sciences', 'bob');
  const gus = await fill('sciences', 'gus');
  const office = await fill('office', 'ada');

  // One on hold as a whole, one with a conversation on hold, one hold released.
  await admin('POST', '/holds', { user: 'bob', reason: 'case 7' });
  await admin('POST', '/holds', { user: 'ada', conversation: ada.conversation, reason: 'case 8' });
  const { id: hold } = await admin('POST', '/holds', { user: 'gus', reason: 'case 9' });
  await admin('DELETE', `/holds/${hold}`);
  deployment.time += HOUR;
  await deployment.goOn('sciences');

  // The period applied to everybody, in both workspaces.
  for (const workspace of WORKSPACES) await deployment.rightsOf(workspace).retainAnew('residency.yaml');
  for (const workspace of WORKSPACES) await deployment.goOn(workspace);
  deployment.time += HOUR;
  for (const workspace of WORKSPACES) await deployment.goOn(workspace);

  // A closing that was called off, which left exports; in the other workspace, since a hold stops it.
  const closing = await did('rights', 'office', 'chief', 'POST', '/admin/v1/rights/closures', {
    workspace: 'office',
    days: 30,
  });
  await deployment.goOn('office');
  await did('rights', 'office', 'chief', 'DELETE', `/admin/v1/rights/closures/${closing.id}`);

  // Exports: of one's own, handed over, and waiting for a second administrator.
  const own = await admin('POST', '/exports', { user: 'ada' });
  const handed = await admin('POST', '/exports', { user: 'gus', recipient: 'ada', reason: 'case 10' });
  await admin('POST', `/exports/${handed.id}/release`, undefined, 'second');
  await admin('POST', '/exports', { user: 'gus', recipient: 'bob', reason: 'case 11' });
  await deployment.goOn('sciences');

  // An erasure that isn't certified yet, and one that a later version goes on with.
  await fill('sciences', 'hal');
  await admin('POST', '/erasures', { user: 'hal' });

  // Members: one disabled, one signed out, one disabled and enabled again.
  const members = (method: string, to: string) => did('members', 'sciences', 'root', method, `/admin/v1/members${to}`);
  await members('POST', '/dora/disable');
  await members('POST', '/gus/disable');
  await members('POST', '/gus/enable');
  await members('POST', '/bob/sign-out');

  await deployment.refreshKeySets();
  await readings();
  const { keys, records: keyRecords } = await projects();
  deployment.time += HOUR / 2;
  const open = Buffer.from('An upload that is open. '.repeat(50));
  const upload = { as: 'ada', workspace: 'sciences', ...(await ada.begin(open, 'open.txt')), text: open.toString() };
  await deployment.settled();
  for (const workspace of WORKSPACES) await replicate(workspace);

  deployment.time = Math.ceil(deployment.time / 60_000) * 60_000;
  for (const [workspace, user, paths] of [
    ['sciences', 'ada', [...ada.paths, '/exports', `/exports/${own.id}`, `/exports/${handed.id}`]],
    ['sciences', 'bob', [...bob.paths, '/exports']],
    ['sciences', 'gus', [...gus.paths, '/exports']],
    ['sciences', 'finn', ['/conversations', `/conversations/${anew.id}`, `/conversations/${filled.finn.conversation}`]],
    ['sciences', 'eve', ['/conversations', `/conversations/${filled.eve.conversation}`, '/files']],
    ['sciences', 'dora', ['/conversations']],
    ['office', 'ada', [...office.paths, '/exports']],
  ] as const) {
    for (const one of paths) await receive('workspace', workspace, user, `/v1${one}`);
  }
  for (const [workspace, as] of [
    ['sciences', 'root'],
    ['office', 'chief'],
  ] as const) {
    for (const list of ['jobs', 'holds']) await receive('rights', workspace, as, `/admin/v1/rights/${list}`);
  }
  await receive('members', 'sciences', 'root', '/admin/v1/members');
  for (const key of keys) await receive('projects', '', key, '/v1/models');

  const day = (ago: number) => new Date(deployment.time - ago * DAY).toISOString().slice(0, 10);
  const usage = Object.fromEntries(
    await Promise.all(
      [...WORKSPACES, 'helpdesk-bot', 'search'].map(async (tenant) => {
        const table = deployment.table(WORKSPACES.includes(tenant) ? `${tenant}-usage` : 'projects');
        return [tenant, await readUsage(table, tenant, day(9), day(0))];
      }),
    ),
  );
  const tokens: Record<string, string> = {};
  for (const { of, workspace, as } of received) {
    if (of !== 'projects')
      tokens[`${workspace} ${as}`] ??= await deployment.token(workspace, as, ROLES[as] ?? 'member');
  }
  const { records } = deployment;
  // Only what was done, not what was asked again to be compared.
  write('received.json', {
    at: new Date(deployment.time).toISOString(),
    pools: POOLS,
    tokens,
    requests: received,
    upload,
    keyRecords,
    usage,
    members: [...cognito.users].map(([name, { id, groups }]) => ({ name, id, groups: [...groups] })),
  });
  writeLines('records.jsonl', records.slice(0, -received.length));
  cognito.stop();
  deployment.close();
  dump('primary');
  dump('recovery');
  rmSync(stores, { recursive: true });
}

const write = (file: string, value: unknown) =>
  writeFileSync(path.join(FOLDER, file), `${JSON.stringify(value, undefined, 1)}\n`);
const writeLines = (file: string, lines: readonly unknown[]) => {
  mkdirSync(path.dirname(path.join(FOLDER, file)), { recursive: true });
  writeFileSync(path.join(FOLDER, file), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
};

/** Everything of a store, as the services would give it. */
function dump(name: 'primary' | 'recovery') {
  const database = ContentDatabase.open(path.join(stores, `${name}.sqlite`));
  const base64 = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString('base64');
  for (const table of name === 'primary' ? TABLES : RECOVERY_TABLES) {
    const rows = database.all('SELECT item FROM item WHERE tbl = ? ORDER BY pk, sk', table.name);
    writeLines(
      `${name}/tables/${table.name}.jsonl`,
      rows.map(({ item }) => JSON.parse(String(item))),
    );
  }
  // Each version of each object, the oldest first; a marker hides those before it.
  const objects = database.all('SELECT * FROM object ORDER BY nth');
  for (const bucket of new Set(objects.map((object) => String(object.bucket)))) {
    const lines = objects
      .filter((object) => object.bucket === bucket)
      .map(({ key, marker, created, headers, body }) => ({
        key,
        created: new Date(Number(created)).toISOString(),
        ...(marker === 1 ? { isDeleteMarker: true } : { headers: JSON.parse(String(headers)), body: base64(body) }),
      }));
    writeLines(`${name}/buckets/${bucket}.jsonl`, lines);
  }
  const keys = database.all('SELECT * FROM kms_key ORDER BY owner');
  writeLines(
    `${name}/kms-keys.jsonl`,
    keys.map(({ arn, owner, material }) => ({ arn, owner, material: base64(material) })),
  );
  database.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
