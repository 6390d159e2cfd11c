import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { FakeCognito } from '@/test/runtime/members/support/fake-cognito';
import {
  AT_ONCE,
  admitPolicy,
  BranchKeyCopy,
  BranchKeyErasure,
  BranchKeyring,
  CachedReadings,
  CachedRegistry,
  CognitoPool,
  cognitoClient,
  createGateway,
  DynamoDbCounters,
  DynamoDbKeyStore,
  DynamoDbMemberCounts,
  DynamoDbMemberLinks,
  DynamoDbMembershipLedger,
  DynamoDbSuspensionLedger,
  drill,
  echoServers,
  echoUpstream,
  type FetchHandler,
  KEY_SETS_PARTITION,
  type KeyStoreOptions,
  KnownKeys,
  keyStoreClient,
  Limits,
  limitsOfProject,
  limitsOfWorkspace,
  memberAdmin,
  NO_SESSION_CONTROL,
  PoolMembers,
  parseKeySet,
  parsePolicy,
  RightsProcess,
  readReadings,
  requireKey,
  requireMember,
  requireVerified,
  rightsApi,
  storedContent,
  WorkspaceKeyDeletion,
} from './code';
import { read, readJson } from './release';
import { StoredRegion } from './stored-region';

/** What a client of 0.1.0 received. */
export interface Received {
  readonly of: 'workspace' | 'rights' | 'members' | 'projects';
  readonly workspace: string;
  readonly as: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

export interface ReceivedFile {
  readonly at: string;
  readonly pools: Readonly<Record<string, { readonly issuer: string; readonly clientId: string }>>;
  /** By workspace and user. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly requests: readonly Received[];
  readonly upload: {
    readonly as: string;
    readonly workspace: string;
    readonly id: string;
    readonly parts: readonly string[];
    readonly text: string;
  };
  readonly keyRecords: readonly { readonly project: string }[];
  readonly usage: Readonly<Record<string, readonly { readonly day: string }[]>>;
  readonly members: readonly { readonly name: string; readonly id: string; readonly groups: readonly string[] }[];
}

interface DeployedFunction {
  readonly app: string;
  readonly stack: string;
  readonly bundle: string;
  readonly policy: string;
}

export const RECEIVED = readJson<ReceivedFile>('content/received.json');
export const WORKSPACES = ['sciences', 'office'];

const policyOf = (stack: string, bundle: string) => {
  const functions = readJson<DeployedFunction[]>('functions.json');
  const found = functions.find((one) => one.app === 'full' && one.stack === stack && one.bundle === bundle);
  return parsePolicy(read(found?.policy ?? ''));
};
const workspacePolicy = (workspace: string) => policyOf(`release-workspace-${workspace}`, 'workspace');
const RETENTION_DAYS: Readonly<Record<string, number | undefined>> = { sciences: 365 };

/** A deployment of 0.1.0 whose code is today's: what is stored, and the handlers over it as processes that were just started. */
export class Upgraded {
  public static async open(): Promise<Upgraded> {
    const clock = { time: Date.parse(RECEIVED.at) };
    const primary = await StoredRegion.load('primary', 'eu-central-1', clock);
    const recovery = await StoredRegion.load('recovery', 'eu-west-1', clock);
    const cognito = await new FakeCognito().start();
    for (const { name, id, groups } of RECEIVED.members) cognito.add(name, id, groups);
    return new Upgraded(clock, primary, recovery, cognito);
  }

  private constructor(
    public readonly clock: { time: number },
    public readonly primary: StoredRegion,
    public readonly recovery: StoredRegion,
    private readonly cognito: FakeCognito,
  ) {}

  /** Asks as a client of 0.1.0 did. */
  public async ask(
    { of, workspace, as, path }: Pick<Received, 'of' | 'workspace' | 'as' | 'path'>,
    method = 'GET',
    body?: object,
  ): Promise<{ readonly status: number; readonly bytes: Buffer; readonly body: unknown }> {
    const gateway = {
      workspace: () => this.workspace(workspace),
      rights: () => this.rightsApi(workspace),
      members: () => this.members(workspace),
      projects: () => this.projects(),
    }[of]();
    const token = of === 'projects' ? as : RECEIVED.tokens[`${workspace} ${as}`];
    const response = await gateway.fetch(
      new Request(`https://gateway.invalid${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
      }),
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, bytes, body: isJson ? JSON.parse(bytes.toString()) : undefined };
  }

  /** Does what can be done of every job at this time. */
  public async goOn(workspace: string): Promise<void> {
    const rights = this.rights(workspace);
    for (const { id } of await rights.list()) await rights.runner.run(id);
  }

  public keyrings(workspace: string): BranchKeyring[] {
    return [this.primary, this.recovery].map((region) => new BranchKeyring(this.keyStore(workspace, region)));
  }

  /** What the scheduled copy of branch keys does. */
  public copyKeys(workspace: string) {
    return new BranchKeyCopy(this.keyStore(workspace, this.primary), this.keyStore(workspace, this.recovery)).sweep();
  }

  public drill(workspace: string) {
    const [, keyring] = this.keyrings(workspace);
    if (keyring === undefined) throw new Error('no keyring');
    const { recovery } = this;
    const stores = { table: recovery.table(`${workspace}-content`), bucket: recovery.bucket(`${workspace}-files`) };
    return drill({ ...stores, keyring, rows: 500 });
  }

  public keys(): DynamoDbKeyStore {
    return new DynamoDbKeyStore(this.primary.table('projects'));
  }

  public close(): void {
    this.cognito.stop();
    this.primary.aws.close();
    this.recovery.aws.close();
  }

  /** What exercises the rights of a workspace's users. */
  public rights(workspace: string): RightsProcess {
    const { primary, recovery } = this;
    const there = this.keyStore(workspace, recovery);
    return new RightsProcess({
      ...this.stores(workspace),
      workspace,
      evidence: primary.bucket('evidence'),
      keys: new BranchKeyErasure(this.keyStore(workspace, primary)),
      counts: new DynamoDbMemberCounts(primary.table(`${workspace}-usage`), workspace, this.now),
      links: new DynamoDbMemberLinks(primary.table(`${workspace}-record-links`), this.now),
      keyDeletion: new WorkspaceKeyDeletion([there.key, this.keyStore(workspace, primary).key]),
      recovery: {
        table: recovery.table(`${workspace}-content`),
        bucket: recovery.bucket(`${workspace}-files`),
        keyring: new BranchKeyring(there),
        keys: new BranchKeyErasure(there),
      },
      rules: AT_ONCE,
    });
  }

  private readonly now = () => new Date(this.clock.time);

  private keyStore(workspace: string, { aws }: StoredRegion): KeyStoreOptions {
    return {
      workspace,
      table: { client: keyStoreClient(aws.dynamodb()), name: `${workspace}-branch-keys` },
      key: { client: aws.kms(), arn: aws.keyArn(workspace) },
      now: () => this.clock.time,
    };
  }

  private stores(workspace: string) {
    return {
      table: this.primary.table(`${workspace}-content`),
      bucket: this.primary.bucket(`${workspace}-files`),
      keyring: new BranchKeyring(this.keyStore(workspace, this.primary)),
      retentionDays: RETENTION_DAYS[workspace],
      now: this.now,
    };
  }

  /** What every gateway of a workspace is made of. */
  private common(workspace: string) {
    return { policy: admitPolicy(workspacePolicy(workspace)), record: () => {}, now: this.now };
  }

  private letting(workspace: string, role?: 'admin') {
    const pool = RECEIVED.pools[workspace];
    const { identity } = workspacePolicy(workspace);
    if (pool === undefined || identity === undefined) throw new Error(`nobody signs in to ${workspace}`);
    return requireMember({
      policy: { ...pool, ...identity },
      keys: new KnownKeys({ read: () => this.keySet(pool.issuer) }),
      suspensions: this.suspensions(workspace),
      ...(role && { roleFor: () => role }),
    });
  }

  private suspensions(workspace: string): DynamoDbSuspensionLedger {
    return new DynamoDbSuspensionLedger(this.primary.table(`${workspace}-suspensions`));
  }

  private async keySet(issuer: string) {
    const Key = { pk: { S: KEY_SETS_PARTITION }, sk: { S: issuer } };
    const { Item } = await this.primary.aws.dynamodb().send(new GetItemCommand({ TableName: 'key-sets', Key }));
    return parseKeySet(issuer, Item?.keySet?.S ?? '');
  }

  private workspace(workspace: string): FetchHandler {
    const { limits } = workspacePolicy(workspace);
    const counters = new DynamoDbCounters(this.primary.table(`${workspace}-usage`));
    return createGateway({
      ...this.common(workspace),
      upstream: echoUpstream,
      servers: echoServers,
      content: storedContent({ ...this.stores(workspace), window: { tokens: limits?.windowTokens } }),
      middleware: [this.letting(workspace), new Limits(counters, limitsOfWorkspace(workspace, limits)).middleware],
    });
  }

  private projects(): FetchHandler {
    const deployed = policyOf('release-projects', 'gateway');
    const policy = admitPolicy(deployed);
    const counters = new DynamoDbCounters(this.primary.table('projects'));
    const maxAgeMs = (deployed.maxReadingAgeHours ?? 0) * 3_600_000;
    return createGateway({
      policy,
      upstream: echoUpstream,
      servers: echoServers,
      record: () => {},
      now: this.now,
      middleware: [
        requireKey({ policy, registry: new CachedRegistry(this.keys(), { now: this.now }), kind: 'deployment' }),
        new Limits(counters, limitsOfProject).middleware,
        requireVerified({ readings: new CachedReadings(() => readReadings(this.primary.table('readings'))), maxAgeMs }),
      ],
    });
  }

  private rightsApi(workspace: string): FetchHandler {
    const rights = this.rights(workspace);
    const onJob = async ({ id }: { readonly id: string }) => void (await rights.runner.run(id));
    return rightsApi({ ...this.common(workspace), middleware: [this.letting(workspace, 'admin')], rights, onJob });
  }

  private members(workspace: string): FetchHandler {
    const client = cognitoClient('eu-central-1', this.cognito.url, {
      accessKeyId: 'AKIDTEST',
      secretAccessKey: 'test',
    });
    const pool = new CognitoPool(client, RECEIVED.pools[workspace]?.issuer.replace(/^.*\//, '') ?? '');
    const groups = { member: `${workspace}-member`, admin: `${workspace}-admin`, auditor: `${workspace}-auditor` };
    return memberAdmin({
      ...this.common(workspace),
      members: new PoolMembers({ pool, groups, isShared: false }),
      suspensions: this.suspensions(workspace),
      memberships: new DynamoDbMembershipLedger(this.primary.table(`${workspace}-suspensions`)),
      sessions: NO_SESSION_CONTROL,
      middleware: [this.letting(workspace, 'admin')],
    });
  }
}
