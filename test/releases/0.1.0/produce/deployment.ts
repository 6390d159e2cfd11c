// The deployment of content/residency.yaml on local stores: the handlers of this version, wired as its functions wire them.
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { KEY_SETS_PARTITION, parseKeySet, readSigningKeys } from '../../../../lib/boundary/key-set';
import { readConfig } from '../../../../lib/config/load';
import { createGateway } from '../../../../lib/runtime/gateway/app';
import { CachedReadings } from '../../../../lib/runtime/gateway/freshness/cached-readings';
import { readReadings } from '../../../../lib/runtime/gateway/freshness/dynamodb-readings';
import { requireVerified } from '../../../../lib/runtime/gateway/freshness/require-verified';
import type { Gateway } from '../../../../lib/runtime/gateway/gateway-env';
import { CachedRegistry } from '../../../../lib/runtime/gateway/keys/cached-registry';
import { DynamoDbKeys } from '../../../../lib/runtime/gateway/keys/dynamodb-keys';
import { requireKey } from '../../../../lib/runtime/gateway/keys/require-key';
import { DynamoDbCounters } from '../../../../lib/runtime/gateway/limits/dynamodb-counters';
import { heldProject, heldWorkspace } from '../../../../lib/runtime/gateway/limits/held';
import { Limits } from '../../../../lib/runtime/gateway/limits/limits';
import { type GatewayPolicy, parsePolicy } from '../../../../lib/runtime/gateway/policy';
import type { ResidencyRecord } from '../../../../lib/runtime/gateway/residency-record';
import { admit } from '../../../../lib/runtime/gateway/serving';
import { createRefresh } from '../../../../lib/runtime/key-sets/refresh';
import { LocalAws } from '../../../../lib/runtime/local/aws/local-aws';
import { echoUpstream } from '../../../../lib/runtime/local/echo';
import { echoServers } from '../../../../lib/runtime/local/echo-servers';
import { memberAdmin } from '../../../../lib/runtime/members/admin';
import { cognitoClient } from '../../../../lib/runtime/members/cognito-client';
import { CognitoPool } from '../../../../lib/runtime/members/cognito-pool';
import { NO_DOOR } from '../../../../lib/runtime/members/member-list';
import { PoolMembers } from '../../../../lib/runtime/members/pool-members';
import { DynamoDbSuspensionLedger } from '../../../../lib/runtime/members/suspension-ledger';
import { BranchKeyCopy } from '../../../../lib/runtime/recovery/copy-branch-keys';
import { rightsAdmin } from '../../../../lib/runtime/rights/admin';
import { DynamoDbMemberCounts } from '../../../../lib/runtime/rights/member-counts';
import { Rights } from '../../../../lib/runtime/rights/rights';
import { runJob } from '../../../../lib/runtime/rights/run-job';
import { WorkspaceKeyEnding } from '../../../../lib/runtime/rights/workspace-key-ending';
import { storedContent } from '../../../../lib/runtime/workspace/content/content';
import { DynamoDbSuspensions } from '../../../../lib/runtime/workspace/identity/dynamodb-suspensions';
import { KnownKeys } from '../../../../lib/runtime/workspace/identity/known-keys';
import { requireMember } from '../../../../lib/runtime/workspace/identity/require-member';
import { BranchKeyErasure } from '../../../../lib/runtime/workspace/vault/branch-key-erasure';
import { BranchKeyVault } from '../../../../lib/runtime/workspace/vault/branch-key-vault';
import type { KeyStoreOptions } from '../../../../lib/runtime/workspace/vault/key-store';
import { keyStoreClient } from '../../../../lib/runtime/workspace/vault/key-store-client';

const FOLDER = path.join(__dirname, '..');
const file = path.join(FOLDER, 'content/residency.yaml');
const read = readConfig(readFileSync(file, 'utf8'), file).deployment;
if (read === undefined) throw new Error('no deployment');

export const CONFIG = read;

/** The policy that a gateway of the deployment is deployed with. */
function policyOf(stack: string, bundle: string): GatewayPolicy {
  const functions: Record<string, string>[] = JSON.parse(readFileSync(path.join(FOLDER, 'functions.json'), 'utf8'));
  const found = functions.find((one) => one.app === 'full' && one.stack === stack && one.bundle === bundle);
  return parsePolicy(readFileSync(path.join(FOLDER, found?.policy ?? ''), 'utf8'));
}

const PROJECTS = policyOf('release-projects', 'gateway');
const workspacePolicy = (workspace: string) => policyOf(`release-workspace-${workspace}`, 'workspace');

/** Tables by what they are for; CloudFormation names those that are deployed. */
const TABLE = { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' };
const tablesOf = (workspace: string) => [
  { ...TABLE, name: `${workspace}-content` },
  { ...TABLE, name: `${workspace}-usage` },
  { ...TABLE, name: `${workspace}-suspensions` },
  { name: `${workspace}-branch-keys`, partitionKey: 'branch-key-id', sortKey: 'type' },
];
const SHARED = ['projects', 'readings', 'key-sets'].map((name) => ({ ...TABLE, name }));
export const WORKSPACES = CONFIG.workspaces.map(({ id }) => id);
export const TABLES = [...WORKSPACES.flatMap(tablesOf), ...SHARED];
export const BUCKETS = [...WORKSPACES.map((id) => `${id}-files`), 'evidence'];
export const RECOVERY_TABLES = WORKSPACES.flatMap((id) =>
  tablesOf(id).filter(({ name }) => /-(content|branch-keys)$/.test(name)),
);
export const RECOVERY_BUCKETS = WORKSPACES.map((id) => `${id}-files`);

/** The pool and client of each workspace, as Cognito would name them. */
export const POOLS: Record<string, { readonly issuer: string; readonly clientId: string }> = {
  sciences: {
    issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Sciences1',
    clientId: 'sciences-client',
  },
  office: { issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Campus1', clientId: 'office-client' },
};

export class Deployment {
  public time = Date.parse('2026-11-27T09:00:00.000Z');
  public readonly records: { readonly workspace: string; readonly of: string; readonly record: ResidencyRecord }[] = [];
  public readonly aws: LocalAws;
  public readonly recovery: LocalAws;
  private readonly limits: Limits[] = [];
  private readonly signing = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  private readonly kid = 'release-0-1-0';
  private readonly now = () => new Date(this.time);

  constructor(folder: string) {
    const shared = { now: this.now };
    const primary = path.join(folder, 'primary.sqlite');
    const copy = path.join(folder, 'recovery.sqlite');
    this.aws = new LocalAws({ ...shared, file: primary, region: 'eu-central-1', tables: TABLES, buckets: BUCKETS });
    this.recovery = new LocalAws({
      ...shared,
      file: copy,
      region: 'eu-west-1',
      tables: RECOVERY_TABLES,
      buckets: RECOVERY_BUCKETS,
    });
  }

  public table(name: string) {
    return { client: this.aws.dynamodb(), name };
  }

  public bucket(name: string) {
    return { client: this.aws.s3(), name };
  }

  private keyStore(workspace: string, aws = this.aws): KeyStoreOptions {
    return {
      workspace,
      table: { client: keyStoreClient(aws.dynamodb()), name: `${workspace}-branch-keys` },
      key: { client: aws.kms(), arn: aws.keyArn(workspace) },
      now: () => this.time,
    };
  }

  /** What the scheduled copy of branch keys does. */
  public copyKeys(workspace: string) {
    return new BranchKeyCopy(this.keyStore(workspace), this.keyStore(workspace, this.recovery)).sweep();
  }

  /** What Cognito's key set is stored by. */
  public async refreshKeySets(): Promise<void> {
    const jwk = createPublicKey(this.signing.privateKey).export({ format: 'jwk' });
    const keys = readSigningKeys({ keys: [{ ...jwk, kid: this.kid, alg: 'RS256', use: 'sig' }] });
    for (const { issuer } of Object.values(POOLS)) {
      const refresh = createRefresh({
        fetchKeySet: async () => ({ issuer, keys, readAt: this.now().toISOString() }),
        client: this.aws.dynamodb(),
        table: 'key-sets',
        responder: { boundary: 'eu', region: 'eu-central-1' },
        log: () => {},
      });
      await refresh({});
    }
  }

  /** A token as Cognito makes one out. */
  public async token(workspace: string, sub: string, role: string): Promise<string> {
    const { SignJWT } = await import('jose');
    const { issuer, clientId } = POOLS[workspace] ?? { issuer: '', clientId: '' };
    const { identity } = workspacePolicy(workspace);
    const groups = identity?.groups[role as 'member'] ?? [];
    return new SignJWT({ [identity?.groupsClaim ?? '']: `${groups}`, token_use: 'id' })
      .setProtectedHeader({ alg: 'RS256', kid: this.kid })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setSubject(sub)
      .setIssuedAt(this.now())
      .setExpirationTime(new Date(this.time + 86_400_000))
      .sign(this.signing.privateKey);
  }

  private letting(workspace: string, role?: 'admin') {
    const { issuer, clientId } = POOLS[workspace] ?? { issuer: '', clientId: '' };
    const { identity } = workspacePolicy(workspace);
    if (identity === undefined) throw new Error('no identity');
    return requireMember({
      policy: { issuer, clientId, ...identity },
      keys: new KnownKeys({ read: () => this.keySet(issuer) }),
      suspensions: new DynamoDbSuspensions(this.table(`${workspace}-suspensions`)),
      ...(role && { roleFor: () => role }),
    });
  }

  private async keySet(issuer: string) {
    const Key = { pk: { S: KEY_SETS_PARTITION }, sk: { S: issuer } };
    const { Item } = await this.aws.dynamodb().send(new GetItemCommand({ TableName: 'key-sets', Key }));
    return parseKeySet(issuer, Item?.keySet?.S ?? '');
  }

  private recording(workspace: string, of: string) {
    return (record: ResidencyRecord) => void this.records.push({ workspace, of, record });
  }

  private stores(workspace: string) {
    const { retention } = CONFIG.workspaces.find(({ id }) => id === workspace) ?? {};
    return {
      table: this.table(`${workspace}-content`),
      bucket: this.bucket(`${workspace}-files`),
      vault: new BranchKeyVault(this.keyStore(workspace)),
      retentionDays: retention?.kind === 'days' ? retention.days : undefined,
      now: this.now,
    };
  }

  private servingOf(workspace: string) {
    return admit(workspacePolicy(workspace));
  }

  /** The gateway of a workspace, as a process has it that was just started. */
  public workspace(workspace: string): Gateway {
    const { limits: limit } = workspacePolicy(workspace);
    const limits = new Limits(new DynamoDbCounters(this.table(`${workspace}-usage`)), heldWorkspace(workspace, limit));
    this.limits.push(limits);
    return createGateway({
      serving: this.servingOf(workspace),
      upstream: echoUpstream,
      servers: echoServers,
      content: storedContent({ ...this.stores(workspace), window: { tokens: limit?.windowTokens } }),
      middleware: [this.letting(workspace), limits.middleware],
      record: this.recording(workspace, 'requests'),
      now: this.now,
    });
  }

  public projects(): Gateway {
    const serving = admit(PROJECTS);
    const registry = new CachedRegistry(new DynamoDbKeys(this.table('projects')), { now: this.now });
    const limits = new Limits(new DynamoDbCounters(this.table('projects')), heldProject);
    this.limits.push(limits);
    return createGateway({
      serving,
      upstream: echoUpstream,
      servers: echoServers,
      middleware: [
        requireKey({ serving, registry, kind: 'deployment' }),
        limits.middleware,
        requireVerified({
          readings: new CachedReadings(() => readReadings(this.table('readings'))),
          maxAgeMs: (PROJECTS.maxReadingAgeHours ?? 0) * 3_600_000,
        }),
      ],
      record: this.recording('', 'requests'),
      now: this.now,
    });
  }

  /** Kept once everything that was used is counted. */
  public async settled(): Promise<void> {
    for (const limits of this.limits) await limits.settled();
  }

  public rightsOf(workspace: string): Rights {
    const files = `${workspace}-files`;
    return new Rights({
      ...this.stores(workspace),
      workspace,
      evidence: this.bucket('evidence'),
      keys: new BranchKeyErasure(this.keyStore(workspace)),
      counts: new DynamoDbMemberCounts(this.table(`${workspace}-usage`), workspace, this.now),
      ending: new WorkspaceKeyEnding([
        { client: this.recovery.kms(), arn: this.recovery.keyArn(workspace) },
        { client: this.aws.kms(), arn: this.aws.keyArn(workspace) },
      ]),
      recovery: {
        table: { client: this.recovery.dynamodb(), name: `${workspace}-content` },
        bucket: { client: this.recovery.s3(), name: files },
        vault: new BranchKeyVault(this.keyStore(workspace, this.recovery)),
        keys: new BranchKeyErasure(this.keyStore(workspace, this.recovery)),
      },
    });
  }

  /** Does what can be done of every job at this time. */
  public async goOn(workspace: string): Promise<void> {
    const rights = this.rightsOf(workspace);
    for (const { id } of await rights.list()) await runJob(rights, id);
  }

  public rights(workspace: string): Gateway {
    const rights = this.rightsOf(workspace);
    return rightsAdmin({
      serving: this.servingOf(workspace),
      record: this.recording(workspace, 'rights'),
      now: this.now,
      middleware: [this.letting(workspace, 'admin')],
      rights,
      begun: async ({ id }) => void (await runJob(rights, id)),
    });
  }

  /** @param url where a user pool answers */
  public members(workspace: string, url: string): Gateway {
    const client = cognitoClient('eu-central-1', url, { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' });
    const own = { member: `${workspace}-member`, admin: `${workspace}-admin`, auditor: `${workspace}-auditor` };
    return memberAdmin({
      serving: this.servingOf(workspace),
      members: new PoolMembers({
        pool: new CognitoPool(client, 'eu-central-1_Sciences1'),
        groups: own,
        isShared: false,
      }),
      suspensions: new DynamoDbSuspensionLedger(this.table(`${workspace}-suspensions`)),
      door: NO_DOOR,
      record: this.recording(workspace, 'acts'),
      now: this.now,
      middleware: [this.letting(workspace, 'admin')],
    });
  }

  public close(): void {
    this.aws.close();
    this.recovery.close();
  }
}
