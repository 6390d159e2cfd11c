import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { linkRow, memberRow, membershipRow } from '../../lib/contract/directory';
import { BRANCH_KEY_TABLE } from '../../lib/contract/tables';
import { LocalAws } from '../../lib/local/aws/local-aws';
import { echoUpstream } from '../../lib/local/echo/echo';
import { DirectoryRoles } from '../../lib/runtime/directory/directory-roles';
import { DirectoryStore } from '../../lib/runtime/directory/directory-store';
import { digestOf, toUserItem, uniqueKey } from '../../lib/runtime/directory/records';
import { createGateway } from '../../lib/runtime/gateway/app';
import { admitPolicy } from '../../lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '../../lib/runtime/gateway/policy/policy';
import { storedContent } from '../../lib/runtime/workspace/content';
import { CachedSuspensions } from '../../lib/runtime/workspace/identity/cached-suspensions';
import { DynamoDbSuspensions } from '../../lib/runtime/workspace/identity/dynamodb-suspensions';
import { CachedDirectory } from '../../lib/runtime/workspace/identity/member-directory';
import { BranchKeyring } from '../../lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '../../lib/runtime/workspace/keyring/key-store-client';
import { memberKeyParts } from '../../lib/runtime/workspace/member-key-parts';
import { partitionOf } from '../../lib/runtime/workspace/store/keys';
import { median } from '../statistics';
import type { Lookup } from './figures';
import { list, lookups, processorTime, Reads } from './lookups';

/** The members whose keys are made by the API, and with which requests are measured. */
const SAMPLE = 100;
const PROCESSES = 5;
/** The most rows of a batch. */
const AT_ONCE = 25;

const GROUP = '11111111-1111-4111-8111-111111111111';

const TABLE = { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' };
const GROUPS = { member: ['chat-users'], admin: ['chat-admins'], auditor: ['auditors'] };
const POLICY = admitPolicy(
  parsePolicy(
    JSON.stringify({
      boundary: 'eu',
      keepsContent: true,
      tenant: { kind: 'workspace', ids: ['sciences'] },
      models: [{ id: 'assistant', destinations: [{ region: 'eu-central-1', id: 'eu.anthropic.claude-sonnet-4-6' }] }],
    }),
  ),
);

const memberAt = (at: number) => `00000000-0000-4000-8000-${`${at}`.padStart(12, '0')}`;

/** A workspace whose members come from SCIM, each with a key; requests with keys, and decisions, are measured. */
export async function measureMembers(
  file: string,
  count: number,
): Promise<{ lookup: Lookup; reads: number; scim: number }> {
  const reads = new Reads();
  const aws = new LocalAws({
    file,
    region: 'eu-central-1',
    tables: [
      { name: 'content', ...TABLE },
      { name: 'directory', ...TABLE },
      { name: 'suspensions', ...TABLE },
      { name: 'keys', ...BRANCH_KEY_TABLE },
    ],
    buckets: ['files'],
    wrap: reads.wrap,
  });
  try {
    const table = (name: string) => ({ client: aws.dynamodb(), name });
    const roles = new DirectoryRoles(table('directory'), GROUPS);
    await provision(aws.dynamodb(), new DirectoryStore(table('directory')), roles, count);
    const keyring = new BranchKeyring({
      workspace: 'sciences',
      table: { client: keyStoreClient(aws.dynamodb()), name: 'keys' },
      key: { client: aws.kms(), arn: aws.keyArn('sciences') },
    });
    const stores = { table: table('content'), bucket: { client: aws.s3(), name: 'files' }, keyring };
    const parts = () =>
      memberKeyParts(POLICY, 'deployment', stores, {
        signInWithinDays: 30,
        suspensions: new CachedSuspensions(new DynamoDbSuspensions(table('suspensions'))),
        directory: new CachedDirectory(new DirectoryRoles(table('directory'), GROUPS)),
      });
    const keys = await createKeys(aws, stores, parts().options, count);
    const gateway = () =>
      createGateway({
        policy: POLICY,
        upstream: echoUpstream,
        record: () => {},
        content: storedContent(stores),
        middleware: [parts().middleware],
      });
    // The first requests of a process compile what all others use, and decrypt the proofs of the keys.
    for (const key of keys) await list(gateway(), key);
    reads.count = 0;
    await list(gateway(), keys[0] ?? '');
    const ofOne = reads.count;
    const lookup = await lookups(() => keys, Array.from({ length: PROCESSES }, gateway));
    const scim: number[] = [];
    for (let run = 0; run < PROCESSES; run++) {
      const all = async () => {
        for (let at = 0; at < SAMPLE; at++) {
          const entry = await roles.ofMember(memberAt(sampled(at, count)));
          if (entry?.roles.join() !== 'member') throw new Error(`member ${at} has the roles ${entry?.roles.join()}`);
        }
      };
      scim.push((await processorTime(all)) / SAMPLE);
    }
    return { lookup, reads: ofOne, scim: median(scim) };
  } finally {
    aws.close();
  }
}

/** Members all over the tables. */
const sampled = (at: number, count: number): number => Math.floor((at * count) / SAMPLE);

/**
 * What an identity system sends, and the first sign-in of each member, which notes which user they are. Members who aren't measured have the
 * same rows, written in batches.
 */
async function provision(client: DynamoDBClient, store: DirectoryStore, roles: DirectoryRoles, count: number) {
  const now = Date.now();
  const record = { version: 1, created: now, changed: now };
  await store.writeGroup({ ...record, id: GROUP, displayName: 'chat-users', namedSince: now });
  const measured = new Set(Array.from({ length: SAMPLE }, (_, at) => sampled(at, count)));
  const rows: Row[] = [];
  for (let at = 0; at < count; at++) {
    const id = memberAt(at);
    const externalId = `external-${id}`;
    const user = { ...record, id, userName: `${id}@example.eu`, externalId, active: true, activeSince: now };
    if (measured.has(at)) {
      await store.writeUser(user);
      await store.memberships.add(GROUP, [id], now);
      await roles.bySubject(id, externalId);
      continue;
    }
    const since = { N: `${now}` };
    rows.push(
      toUserItem(user),
      { ...uniqueKey('userName', user.userName), id: { S: id } },
      { ...uniqueKey('userExternalId', externalId), id: { S: id } },
      { ...membershipRow(id, GROUP), since },
      { ...memberRow(GROUP, id), since },
      { ...linkRow(id), id: { S: id }, digest: { S: digestOf(externalId) } },
    );
  }
  await writeAll(client, 'directory', rows);
}

type Row = Record<string, AttributeValue>;

async function writeAll(client: DynamoDBClient, name: string, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const requests = rows.slice(at, at + AT_ONCE).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: requests } }));
  }
}

/** Keys of the sample by the API. Other members have rows of the same form, whose keys no one has. */
async function createKeys(
  aws: LocalAws,
  stores: Parameters<typeof memberKeyParts>[2],
  memberKeys: ReturnType<typeof memberKeyParts>['options'],
  count: number,
): Promise<string[]> {
  const keys: string[] = [];
  for (let at = 0; at < SAMPLE; at++) {
    const now = Math.floor(Date.now() / 1_000);
    const api = createGateway({
      policy: POLICY,
      upstream: echoUpstream,
      record: () => {},
      content: storedContent({ ...stores, memberKeys }),
      middleware: [
        async (c, next) => {
          const signIn = { signedInAt: now, issuedAt: now };
          c.set('member', { id: memberAt(sampled(at, count)), role: 'member', groups: [], signIn });
          await next();
        },
      ],
    });
    const headers = { 'content-type': 'application/json', authorization: 'Bearer a' };
    const body = JSON.stringify({ name: 'laptop' });
    const response = await api.fetch(new Request('https://gateway.invalid/v1/keys', { method: 'POST', headers, body }));
    const answer = (await response.json()) as { readonly key?: string };
    if (answer.key === undefined) throw new Error(JSON.stringify(answer));
    keys.push(answer.key);
  }
  const client = aws.dynamodb();
  const Key = { pk: { S: partitionOf(memberAt(0)) }, sk: { S: 'keys' } };
  const { Item } = await client.send(new GetItemCommand({ TableName: 'content', Key }));
  const made = new Set(Array.from({ length: SAMPLE }, (_, at) => sampled(at, count)));
  const others = Array.from({ length: count }, (_, at) => at).filter((at) => !made.has(at));
  await writeAll(
    client,
    'content',
    others.map((at) => ({ ...Item, pk: { S: partitionOf(memberAt(at)) }, sk: { S: 'keys' } })),
  );
  return keys;
}
