import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type AttributeValue, DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { MemberLimits } from '@/lib/contract/policies/gateway-policy';
import { BRANCH_KEY_TABLE, KEY_SETS_PARTITION, type TableKey } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { DynamoDbKeyStore } from '@/lib/runtime/gateway/keys/dynamodb-key-store';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { newSecret } from '@/lib/runtime/gateway/keys/secret';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { localEndpoint } from '@/test/support/local-endpoint';
import { marksIn } from '../../runtime/canary/marks';
import { putReadings } from '../../runtime/gateway/support/readings';
import { listen, type Server } from '../../runtime/gateway/support/serve';
import { FakeCognito } from '../../runtime/members/support/fake-cognito';
import { eventOf } from '../../runtime/workspace/identity/support/event';
import { Forge } from '../../runtime/workspace/identity/support/forge';
import type { Seen, Sent, Target } from '../target';
import { CLIENT, deployedFunctions, GROUPS, type MEMORY, POOL, PROJECTS } from './deployed-functions';
import { type FunctionAnswer, Functions } from './functions';
import { modelUpstream } from './model-upstream';
import { bytesOf, headersOf, isToProjects, PEOPLE } from './senders';
import { StateMachine } from './state-machine';
import { StoreJournal } from './store-journal';

const ISSUER = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`;
const PLAIN = [
  'key-sets',
  'suspensions',
  'sciences-usage',
  'record-links',
  'key-requests',
  'project-keys',
  'readings',
  'sciences-jobs',
  'campus-directory',
  'campus-scim-tokens',
];
const DAY_MS = 86_400_000;
/** More steps than any job in the background has. */
const MOST_STEPS = 50;

/** The built functions, each in a process of its own, on stores of this process. */
export class BundlesTarget implements Target {
  public readonly name = 'bundles';
  public readonly tables = { content: 'sciences-content', keys: 'sciences-keys' };
  public readonly bucket = 'sciences-files';
  public readonly forge: Forge;
  public readonly stores: Target['stores'];
  public readonly projectKeys: Record<string, string> = {};
  public readonly scimTokens = { own: '', foreign: '', expired: '', revoked: '', replaced: '' };
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'attacks-stores-'));
  /** What background work disclosed. */
  private readonly disclosed: string[] = [];
  private readonly journal = new StoreJournal((found) => void this.disclosed.push(...found));
  private readonly key = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;

  private readonly machine = new StateMachine(
    async (actor, event) => this.worked(await this.functions.call(actor, event, this.offset)),
    () => this.now,
  );
  private readonly cognito = new FakeCognito();
  private readonly servers: Server[] = [];
  private functions = new Functions({});
  /** How often a model was called. */
  public modelCalls = 0;
  public peak = 0;
  private isAside = false;
  private offset = 0;
  private readonly aws = new LocalAws({
    file: path.join(this.folder, 'content.sqlite'),
    region: 'eu-central-1',
    tables: [
      ...PLAIN.map((name) => ({ name, partitionKey: 'pk', sortKey: 'sk' })),
      { name: 'sciences-content', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
      { name: 'sciences-keys', ...BRANCH_KEY_TABLE },
    ],
    buckets: ['sciences-files', 'evidence'],
    wrap: (service, name) => (this.isAside ? service : this.journal.wrap(service, name)),
    now: () => new Date(this.now),
  });

  private constructor() {
    const policy = { issuer: ISSUER, clientId: CLIENT, groupsClaim: 'cognito:groups' as const, groups: GROUPS };
    this.forge = new Forge(this.key, 'aaaa', policy);
    this.isAside = true;
    this.stores = { dynamodb: this.aws.dynamodb(), s3: this.aws.s3() };
    this.isAside = false;
  }

  public static async start(limits: MemberLimits): Promise<BundlesTarget> {
    const target = new BundlesTarget();
    await target.begin(limits);
    return target;
  }

  public async send(sent: Sent): Promise<Seen> {
    let seen = await this.sendOnce(sent);
    // On a busy machine the stores, which are in this process, can answer later than a function waits.
    for (let again = 0; again < 2 && seen.status === 503 && seen.body.includes('"content_unavailable"'); again++)
      seen = await this.sendOnce(sent);
    return seen;
  }

  private async sendOnce(sent: Sent): Promise<Seen> {
    this.journal.take();
    const { method, path: target, context } = sent;
    const headers = headersOf(sent, {
      forge: this.forge,
      keys: this.projectKeys,
      scim: this.scimTokens,
      now: this.now,
    });
    const bytes = bytesOf(sent);
    const event = { ...eventOf({ method, path: target, headers: [], context, status: 0 }), ...callerOf(sent) };
    const answer = await this.whileKeysAreMade(
      functionFor(sent),
      {
        ...event,
        ...headerLines(headers),
        isBase64Encoded: Buffer.isBuffer(bytes),
        body: Buffer.isBuffer(bytes) ? bytes.toString('base64') : (bytes ?? null),
      },
      this.offset,
    );
    return this.seen(answer);
  }

  public async settle(): Promise<void> {
    await this.machine.settle();
    await this.runQueued();
    if (this.disclosed.length > 0) throw new Error(`bundles: ${this.disclosed.splice(0).join('; ')}`);
  }

  /** Runs the worker for every row of the queue, as the table's stream does, until the queue is empty. */
  private async runQueued(): Promise<void> {
    for (let step = 0; step < MOST_STEPS; step++) {
      const { Items = [] } = await this.stores.dynamodb.send(new ScanCommand({ TableName: 'sciences-jobs' }));
      if (Items.length === 0) return;
      for (const { pk, sk } of Items) await this.work(`${pk?.S}`, `${sk?.S}`);
    }
    throw new Error(`bundles: jobs are still in the queue after ${MOST_STEPS} steps`);
  }

  /** Runs the worker for a row of the queue, which an attacker may have written. */
  public async work(job: string, user: string): Promise<Pick<Seen, 'writes'>> {
    this.journal.take();
    const Keys = { pk: { S: job }, sk: { S: user } };
    const event = { Records: [{ eventName: 'INSERT', dynamodb: { Keys } }] };
    this.worked(await this.whileKeysAreMade('worker', event, this.offset));
    return { writes: this.journal.take() };
  }

  /** Notes what a function without a caller disclosed. */
  private worked(answer: FunctionAnswer): FunctionAnswer {
    const { lines, contacts, error, bytes } = answer;
    this.peak = Math.max(this.peak, bytes);
    this.disclosed.push(
      ...lines.flatMap((line) => marksIn(line)).map((found) => `a log has ${found}`),
      ...contacts.map((contact) => `it contacted ${contact}`),
      ...(error === undefined ? [] : marksIn(error).map((found) => `an error has ${found}`)),
    );
    return answer;
  }

  public async openProjectKey(id: string): Promise<string> {
    const { key, record } = newKey({ kind: 'deployment', project: id, open: true, created: new Date(this.now) });
    await new DynamoDbKeyStore({ client: this.stores.dynamodb, name: 'project-keys' }).add(record);
    return key;
  }

  /** Calls a function, and meanwhile makes the keys that it requests, as the table's stream does in a deployment. */
  private async whileKeysAreMade(...call: Parameters<Functions['call']>): Promise<FunctionAnswer> {
    let isOver = false;
    const answering = this.functions.call(...call).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await Promise.race([answering.catch(() => {}), setTimeout(100)]);
      await this.makeRequestedKeys();
    }
    return answering;
  }

  private async makeRequestedKeys(): Promise<void> {
    const TableName = 'key-requests';
    const { Items = [] } = await this.stores.dynamodb.send(new ScanCommand({ TableName }));
    for (const { pk, sk } of Items) {
      await this.keyring().ensureKey(`${pk?.S}`);
      await this.stores.dynamodb.send(
        new DeleteItemCommand({ TableName, Key: { pk, sk } as TableKey<AttributeValue> }),
      );
    }
  }

  private keyring(): BranchKeyring {
    this.isAside = true;
    const table = { client: keyStoreClient(this.aws.dynamodb()), name: 'sciences-keys' };
    const key = { client: this.aws.kms(), arn: this.aws.keyArn('sciences') };
    this.isAside = false;
    return new BranchKeyring({ workspace: 'sciences', table, key });
  }

  /** Lets the next call of each function start in a fresh process. */
  public restart(): Promise<void> {
    return this.functions.restart();
  }

  public async addPerson(id: string, roles: readonly string[]): Promise<void> {
    this.cognito.add(
      id,
      id,
      roles.map((role) => `sciences-${role}`),
    );
    await this.keyring().ensureKey(id);
  }

  public async advance(ms: number): Promise<void> {
    this.offset += ms;
    await this.putKeySet();
  }

  public async stop(): Promise<void> {
    await this.functions.stop();
    for (const server of this.servers) await server.close();
    this.cognito.stop();
    this.aws.close();
    rmSync(this.folder, { recursive: true });
  }

  private get now(): number {
    return Date.now() + this.offset;
  }

  private seen({ statusCode = 0, headers, body, error, ms, bytes, lines, contacts }: FunctionAnswer): Seen {
    const writes = this.journal.take();
    this.peak = Math.max(this.peak, bytes);
    return {
      status: statusCode,
      headers: JSON.stringify(headers),
      body: error ?? body,
      ms,
      bytes,
      lines,
      contacts,
      writes,
    };
  }

  private async begin(limits: MemberLimits): Promise<void> {
    await this.cognito.start();
    const servers = await Promise.all([
      localEndpoint(this.aws),
      this.machine.serve(),
      modelUpstream(() => this.modelCalls++),
      emptyLogs(),
    ]);
    this.servers.push(...servers);
    const [stores, states, upstream, logs] = servers;
    const workspaceKey = this.aws.keyArn('sciences');
    const services = {
      logs: logs.url,
      stores: stores.url,
      states: states.url,
      cognito: this.cognito.url,
      upstream: upstream.url,
      workspaceKey,
      limits,
    };
    this.functions = new Functions(deployedFunctions(services));
    await this.putKeySet();
    for (const [id, roles] of Object.entries(PEOPLE)) await this.addPerson(id, roles);
    const registry = new DynamoDbKeyStore({ client: this.stores.dynamodb, name: 'project-keys' });
    for (const project of ['batch', 'other']) {
      const { key, record } = newKey({ kind: 'deployment', project, created: new Date() });
      this.projectKeys[project] = key;
      await registry.add(record);
    }
    await this.makeScimTokens();
    await putReadings({ client: this.stores.dynamodb, name: 'readings' }, admitPolicy(PROJECTS));
  }

  /** Tokens as the command makes them, and ends them; that of another workspace is in the same table, where no command writes it. */
  private async makeScimTokens(): Promise<void> {
    const tokens = new DynamoDbKeyStore({ client: this.stores.dynamodb, name: 'campus-scim-tokens' });
    const created = new Date(this.now - 2 * DAY_MS);
    const made = (project: string, days: number) =>
      newKey({ kind: 'scim', project, created, expires: new Date(this.now + days * DAY_MS) });
    const [own, foreign, expired, revoked] = [
      made('campus', 30),
      made('institute', 30),
      made('campus', -1),
      made('campus', 30),
    ];
    for (const { record } of [own, foreign, expired, revoked]) await tokens.add(record);
    await tokens.revoke(revoked.record.id, 'campus', new Date(this.now - DAY_MS));
    const { key, stored } = newSecret(own.record.id);
    await tokens.replace({ ...own.record, ...stored }, own.record);
    Object.assign(this.scimTokens, {
      own: key,
      replaced: own.key,
      foreign: foreign.key,
      expired: expired.key,
      revoked: revoked.key,
    });
  }

  private async putKeySet(): Promise<void> {
    const jwk = {
      ...createPublicKey(this.key).export({ format: 'jwk' }),
      kid: this.forge.kid,
      alg: 'RS256',
      use: 'sig',
    };
    const set = { issuer: ISSUER, keys: [jwk], readAt: new Date(this.now).toISOString() };
    const Item = { pk: { S: KEY_SETS_PARTITION }, sk: { S: ISSUER }, keySet: { S: JSON.stringify(set) } };
    await this.stores.dynamodb.send(new PutItemCommand({ TableName: 'key-sets', Item }));
  }
}

/** Log groups without a record: the lines of the functions are checked where they are written. */
const emptyLogs = (): Promise<Server> =>
  listen((_, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    outgoing.end(JSON.stringify({ events: [] }));
  });

/** The function behind a path of the API. */
export function functionFor(sent: Sent): keyof typeof MEMORY {
  if (sent.as === 'operator') return 'openProjects';
  if (sent.path.startsWith('/scim/')) return 'scim';
  if (isToProjects(sent)) return 'projects';
  if (sent.to === 'campus') return 'campus';
  if (/^\/admin\/v1\/(members|records)/.test(sent.path)) return 'members';
  return sent.path.startsWith('/admin/') ? 'rights' : 'workspace';
}

/** The caller that API Gateway authenticated for a method with IAM authorisation. */
const callerOf = ({ as, by, signed }: Sent) =>
  as === 'operator' && by === undefined && signed?.by !== 'no one'
    ? { requestContext: { identity: { userArn: 'arn:aws:sts::111122223333:assumed-role/operator/session' } } }
    : {};

function headerLines(headers: readonly (readonly [string, string])[]) {
  const multi: Record<string, string[]> = {};
  for (const [name, value] of headers) multi[name] = [...(multi[name] ?? []), value];
  const last = Object.entries(multi).map(([name, values]) => [name, values.at(-1)]);
  return { multiValueHeaders: multi, headers: Object.fromEntries(last) };
}
