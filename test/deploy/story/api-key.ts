import { DynamoDbKeyStore } from '@/lib/runtime/gateway/keys/dynamodb-key-store';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { asAdministrator, assume } from '../machine/administrator';
import { Aws } from '../machine/aws';
import { type Context, PROJECT, PROJECTS } from '../read-back/context';

/** Two keys of the sample's project, made by the role that manages keys: one that opens, and one that was revoked. */
export async function apiKeys({ aws, deployed }: Context): Promise<{ valid: string; revoked: string }> {
  const made = [newKey, newKey].map((make) => make({ kind: 'deployment', project: PROJECT, created: new Date() }));
  const [valid, revoked] = made as [(typeof made)[number], (typeof made)[number]];
  await asAdministrator(aws, async (admin) => {
    const role = deployed.one('AWS::IAM::Role', `${PROJECTS}/Keys/Manager`).physicalId;
    const manager = new Aws(aws.endpoint, aws.region, await assume(admin, role));
    const name = deployed.one('AWS::DynamoDB::GlobalTable', `${PROJECTS}/Keys`).physicalId;
    const store = new DynamoDbKeyStore({ client: manager.dynamodb, name });
    for (const { record } of made) await store.add(record);
    await store.revoke(revoked.record.id, PROJECT, new Date());
  });
  return { valid: valid.key, revoked: revoked.key };
}
