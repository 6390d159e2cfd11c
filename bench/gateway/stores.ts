import { dynamodbClient } from '../../lib/runtime/aws/dynamodb-client';
import { itemClient } from '../../lib/runtime/aws/item-client';
import { DynamoDbKeyStore } from '../../lib/runtime/gateway/keys/dynamodb-key-store';
import { DynamoDbKeys } from '../../lib/runtime/gateway/keys/dynamodb-keys';
import type { KeyRecord } from '../../lib/runtime/gateway/keys/key-record';
import type { KeyRegistry } from '../../lib/runtime/gateway/keys/key-registry';
import type { Counter, Counters } from '../../lib/runtime/gateway/limits/counters';
import { DynamoDbCounters } from '../../lib/runtime/gateway/limits/dynamodb-counters';

/** Counts like a table, after a turn of the event loop. */
class MemoryCounters implements Counters {
  private readonly counts = new Map<string, number>();

  public async add({ tenant, name }: Counter, amount: number, below = Number.POSITIVE_INFINITY) {
    const key = `${tenant} ${name}`;
    const count = this.counts.get(key) ?? 0;
    if (count >= below) return undefined;
    this.counts.set(key, count + amount);
    return count + amount;
  }

  public async subtract({ tenant, name }: Counter, amount: number) {
    const key = `${tenant} ${name}`;
    const count = this.counts.get(key) ?? 0;
    if (count >= amount) this.counts.set(key, count - amount);
  }

  public async read({ tenant, name }: Counter) {
    return this.counts.get(`${tenant} ${name}`) ?? 0;
  }

  public async readAll(counter: Counter) {
    return { count: await this.read(counter), parts: {} };
  }
}

/** Where the gateway finds its key and counts: the memory, or the table at a URL, with the client of a deployment. */
export async function storesOf(
  record: KeyRecord,
  url: string | undefined,
): Promise<{ readonly keys: KeyRegistry; readonly counters: Counters }> {
  if (url === undefined) {
    return { keys: { find: async (id) => (id === record.id ? record : undefined) }, counters: new MemoryCounters() };
  }
  const credentials = { accessKeyId: 'AKIDBENCH', secretAccessKey: 'bench' };
  const name = 'access';
  await new DynamoDbKeyStore({ client: dynamodbClient('eu-central-1', url, credentials), name }).add(record);
  const table = { client: itemClient('eu-central-1', url, credentials), name };
  return { keys: new DynamoDbKeys(table), counters: new DynamoDbCounters(table) };
}
