import { dynamodbClient } from '@/lib/runtime/aws/dynamodb-client';
import { itemClient } from '@/lib/runtime/aws/item-client';
import { DynamoDbKeys } from '@/lib/runtime/gateway/keys/dynamodb-keys';
import { listen } from './support/serve';

test.concurrent.each([
  ['the general client', dynamodbClient],
  ['the client of items', itemClient],
] as const)(
  'a table that does not answer is abandoned by %s',
  async (_, clientOf) => {
    let calls = 0;
    const server = await listen(() => {
      calls++;
    });
    const credentials = async () => ({ accessKeyId: 'AKIDROLE', secretAccessKey: 'role' });
    const client = clientOf('eu-central-1', server.url, credentials);
    const begin = performance.now();
    await expect(new DynamoDbKeys({ client, name: 'keys' }).find('eur_x')).rejects.toThrow();
    expect(performance.now() - begin).toBeLessThan(9_000);
    expect(calls).toBe(3);
    await server.close();
  },
  15_000,
);
