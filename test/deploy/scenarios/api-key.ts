import { DynamoDbKeyStore } from '@/lib/runtime/gateway/keys/dynamodb-key-store';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { asAdministrator, assume } from '../harness/administrator';
import { Aws } from '../harness/aws';
import { type Context, PROJECT, PROJECTS } from '../read-back/context';

/** Two keys of the sample's project, created with the role that manages keys: a valid one and a revoked one. */
export async function apiKeys({ aws, deployed }: Context): Promise<{ valid: string; revoked: string }> {
  const created = [newKey, newKey].map((make) => make({ kind: 'deployment', project: PROJECT, created: new Date() }));
  const [valid, revoked] = created as [(typeof created)[number], (typeof created)[number]];
  await asAdministrator(aws, async (admin) => {
    const role = deployed.one('AWS::IAM::Role', `${PROJECTS}/Keys/Manager`).physicalId;
    const manager = new Aws(aws.endpoint, aws.region, await assume(admin, role));
    const name = deployed.one('AWS::DynamoDB::GlobalTable', `${PROJECTS}/Keys`).physicalId;
    const store = new DynamoDbKeyStore({ client: manager.dynamodb, name });
    for (const { record } of created) await store.add(record);
    await store.revoke(revoked.record.id, PROJECT, new Date());
  });
  return { valid: valid.key, revoked: revoked.key };
}
