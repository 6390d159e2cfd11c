import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  type GrantListEntry,
  KMSClient,
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { accessOfKey } from '../../../report/access/access-to-keys';
import type { AccessEntry, KeyAccess } from '../../../report/access/key-access';
import { type Caller, clientSettings } from '../caller';
import { inTurns } from '../in-turns';

/** Operations that make content readable, directly or by moving it to another key. */
const DECRYPTING: readonly string[] = ['Decrypt', 'ReEncryptFrom'];

/** The principals that can decrypt with each customer managed key of a Region now, including by grants. */
export async function liveKeys(caller: Caller, region: string): Promise<KeyAccess[]> {
  const client = new KMSClient(clientSettings(caller, 'kms', region));
  const ids: string[] = [];
  for await (const { Keys = [] } of paginateListKeys({ client }, {})) ids.push(...Keys.map(({ KeyId = '' }) => KeyId));
  const names = new Map<string, string>();
  for await (const { Aliases = [] } of paginateListAliases({ client }, {})) {
    for (const { TargetKeyId, AliasName } of Aliases) if (TargetKeyId && AliasName) names.set(TargetKeyId, AliasName);
  }
  const found = await inTurns(ids, 4, (id) => keyOf(client, id, names.get(id), region));
  return found.filter((key) => key !== undefined).sort((a, b) => a.key.localeCompare(b.key));
}

/** A key of the account; none for an AWS managed key. */
async function keyOf(
  client: KMSClient,
  id: string,
  alias: string | undefined,
  region: string,
): Promise<KeyAccess | undefined> {
  const { KeyMetadata } = await client
    .send(new DescribeKeyCommand({ KeyId: id }))
    .catch(() => ({ KeyMetadata: undefined }));
  if (KeyMetadata?.KeyManager === 'AWS') return undefined;
  const key = alias === undefined ? id : `${alias} (${id})`;
  const base = { key, region, protects: [] };
  const [policy, grants] = await Promise.all([
    policyOf(client, id).catch((error: Error) => error),
    grantsOf(client, id).catch((error: Error) => error),
  ]);
  const read = policy instanceof Error ? undefined : accessOfKey(policy);
  const given = grants instanceof Error ? [] : grants.flatMap(byGrant);
  return {
    ...base,
    entries: [...(read?.entries ?? []), ...given],
    denied: read?.denied ?? [],
    unknown: [
      ...(read?.unknown ?? []),
      ...(policy instanceof Error ? [`its policy can't be read (${policy.name})`] : []),
      ...(grants instanceof Error ? [`its grants can't be read (${grants.name})`] : []),
      ...(KeyMetadata === undefined ? ["it can't be described, so its owner is unknown"] : []),
    ],
  };
}

async function policyOf(client: KMSClient, KeyId: string): Promise<unknown> {
  const { Policy = '' } = await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
  return JSON.parse(Policy);
}

async function grantsOf(client: KMSClient, KeyId: string): Promise<GrantListEntry[]> {
  const grants: GrantListEntry[] = [];
  for await (const { Grants = [] } of paginateListGrants({ client }, { KeyId })) grants.push(...Grants);
  return grants;
}

function byGrant({
  GranteePrincipal = 'an unnamed principal',
  Operations = [],
  Constraints = {},
}: GrantListEntry): AccessEntry[] {
  const context = { ...Constraints.EncryptionContextSubset, ...Constraints.EncryptionContextEquals };
  const rights = [
    ...(Operations.some((operation) => DECRYPTING.includes(operation)) ? (['decrypt'] as const) : []),
    ...(Operations.includes('CreateGrant') ? (['lend'] as const) : []),
  ];
  return rights.map((can) => ({
    who: GranteePrincipal,
    kind: /^[\w.-]+\.amazonaws\.com(\.cn)?$/.test(GranteePrincipal) ? 'service' : 'identity',
    can,
    by: 'grant',
    through: [],
    context: Object.fromEntries(Object.entries(context).map(([name, value]) => [name, [value]])),
    conditions: [],
  }));
}
