import assert from 'node:assert/strict';
import { asAdministrator, assume } from '../../harness/administrator';
import { Aws } from '../../harness/aws';
import { OUTSIDE } from '../../harness/egress-config';
import { ACCOUNT } from '../../harness/emulator';
import { jsonCall } from '../../harness/json-call';
import { type Context, EGRESS } from '../context';

/** The name of a provider's secret. */
export const secretOf = (provider: string): string => `exemple/providers/${provider}/key`;

/** A client with the role that sets keys. */
export async function keyWriter({ aws, deployed }: Context): Promise<Aws> {
  const found: Aws[] = [];
  const role = deployed.one('AWS::IAM::Role', `${EGRESS}/Keys/Writer`).physicalId;
  await asAdministrator(aws, async (admin) => {
    found.push(new Aws(aws.endpoint, aws.region, await assume(admin, role)));
  });
  return found[0] as Aws;
}

/** Sets a provider's key, as OPERATIONS says. */
export const setKey = (writer: Aws, provider: string, SecretString: string) =>
  jsonCall(writer, 'secretsmanager', 'PutSecretValue', { SecretId: secretOf(provider), SecretString });

/** An empty secret for each provider, under a key of their own. */
export async function egressSecrets({ report, aws, deployed }: Context): Promise<void> {
  await report.check('each provider has an empty secret, under the key of the secrets', async () => {
    const key = deployed.one('AWS::KMS::Key', `${EGRESS}/Keys`).physicalId;
    for (const { name } of OUTSIDE) {
      const { KmsKeyId, VersionIdsToStages } = await jsonCall<{ KmsKeyId: string; VersionIdsToStages?: object }>(
        aws,
        'secretsmanager',
        'DescribeSecret',
        { SecretId: secretOf(name) },
      );
      assert.equal(KmsKeyId, `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${key}`);
      assert.deepEqual(VersionIdsToStages ?? {}, {}, `${name} has a version`);
    }
  });
}

/** One role reads keys, and another sets them. */
export async function secretAccess(context: Context): Promise<void> {
  const { report, aws, deployed } = context;
  const writer = await keyWriter(context);
  const SecretId = secretOf('openai');
  const read = (by: Aws) => jsonCall<{ SecretString: string }>(by, 'secretsmanager', 'GetSecretValue', { SecretId });
  const role = deployed.one('AWS::IAM::Role', `${EGRESS}/Role`).physicalId;
  const reader = new Aws(aws.endpoint, aws.region, await assume(aws, role));
  await report.check("the function's role reads what the role for keys has set", async () => {
    await setKey(writer, 'openai', 'sk-last');
    assert.equal((await read(reader)).SecretString, 'sk-last');
  });
  await asAdministrator(aws, async (admin) => {
    await report.check('neither the role for keys nor an administrator can read one', async () => {
      for (const one of [writer, admin]) await assert.rejects(read(one), { name: /AccessDenied/ });
    });
    await report.check("neither the function's role nor an administrator can set one", async () => {
      for (const one of [reader, admin])
        await assert.rejects(setKey(one, 'openai', 'sk-planted'), { name: /AccessDenied/ });
      assert.equal((await read(reader)).SecretString, 'sk-last');
    });
  });
}
