import { generateKeyPairSync } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { DynamoDbSuspensionLedger } from '@/lib/runtime/members/suspension-ledger';
import { Executions } from '@/lib/runtime/rights/deployed/executions';
import { FormerSettings } from '@/lib/runtime/settings/former-settings';
import { deployedMembers } from '@/lib/runtime/workspace/identity/deployed-members';
import { DynamoDbSuspensions } from '@/lib/runtime/workspace/identity/dynamodb-suspensions';
import { Forge } from '@/test/runtime/workspace/identity/support/forge';

const REGION = 'eu-central-1';
const answering = <Client extends { send: unknown }>(client: Client): Client =>
  Object.assign(client, { send: async () => ({}) });
const dynamodb = answering(new DynamoDBClient({ region: REGION }));

/** Makes the requests that other tests make only in processes of the bundles, where they can't be recorded, or only in slow tests. */
export async function makeBundledRequests(): Promise<void> {
  const executions = new Executions(
    answering(new SFNClient({ region: REGION })),
    `arn:aws:states:${REGION}:111122223333:stateMachine:jobs`,
  );
  await executions.begin({ job: 'a1b2', step: 'export' } as never, '2');
  await executions.running();
  await new FormerSettings(answering(new S3Client({ region: REGION })), 'evidence').store(REGION, 'default');
  await new DynamoDbSuspensions({ client: dynamodb, name: 'suspensions' }).of('ada');
  await new DynamoDbSuspensionLedger({ client: dynamodb, name: 'suspensions' }).signOut('ada', new Date());
  await readKeySet();
}

/** Reading the keys of a user pool, which only a token causes. Without credentials, nothing is sent. */
async function readKeySet(): Promise<void> {
  const table = (name: string) => `arn:aws:dynamodb:${REGION}:111122223333:table/${name}`;
  const [pool, clientId] = [`${REGION}_AbCdEf123`, '1example23456789'];
  const groups = { member: ['m'], admin: [], auditor: [] };
  const issuer = `https://cognito-idp.${REGION}.amazonaws.com/${pool}`;
  const policy = { issuer, clientId, groups, groupsClaim: 'cognito:groups' } as const;
  const forge = new Forge(generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey, 'a', policy);
  const members = deployedMembers(ResidencyBoundary.eu(), policy, {
    USER_POOL_ID: pool,
    USER_POOL_CLIENT_ID: clientId,
    KEY_SETS_TABLE_ARN: table('key-sets'),
    SUSPENSIONS_TABLE_ARN: table('suspensions'),
  });
  const request = { header: () => `Bearer ${forge.token()}`, path: '/v1/models' };
  const context = { req: request, var: { log: {}, time: new Date() }, set: () => undefined };
  await expect(members(context as never, async () => undefined)).rejects.toThrow();
}
