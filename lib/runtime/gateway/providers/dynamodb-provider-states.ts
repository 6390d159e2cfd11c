import { BatchGetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { generationPartition, type LeftState, leftPartition, stateKey } from '../../../contract/provider-state';
import { PARTITION_KEY } from '../../../contract/tables';
import type { Table } from '../../aws/table';
import type { ProviderStates, StatesRead } from './provider-states';
import { generationIn, leftAttributes, leftState, partitionOf, type StateItem } from './state-item';

/** The most rows of one call. */
const MOST_KEYS = 100;

/** The provider states in the deployment's table. */
export class DynamoDbProviderStates implements ProviderStates {
  /** Those of the last reading. With them, one call reads both rows of a name. */
  private generations: ReadonlyMap<string, number> = new Map();

  constructor(private readonly table: Table) {}

  public async read(names: readonly string[]): Promise<StatesRead> {
    const expected = this.generations;
    const found = await this.rows(
      names.flatMap((name) => [generationPartition(name), leftPartition(name, expected.get(name) ?? 0)]),
    );
    const generations = new Map<string, number>();
    const unreadable = new Set<string>();
    for (const name of names) {
      const row = found.get(generationPartition(name));
      if (row === undefined) continue;
      const generation = generationIn(row);
      if (generation === undefined) unreadable.add(name);
      const known = generation ?? expected.get(name);
      if (known !== undefined) generations.set(name, known);
    }
    const changed = names.filter((name) => (generations.get(name) ?? 0) !== (expected.get(name) ?? 0));
    for (const [partition, row] of await this.rows(
      changed.map((name) => leftPartition(name, generations.get(name) ?? 0)),
    )) {
      found.set(partition, row);
    }
    const left = new Map<string, LeftState>();
    for (const name of names) {
      const generation = generations.get(name) ?? 0;
      const row = found.get(leftPartition(name, generation));
      if (row !== undefined) left.set(name, leftState(name, generation, row));
    }
    this.generations = generations;
    return { left, generations, unreadable };
  }

  public async leave(state: LeftState): Promise<void> {
    await this.leaveFirst(state);
  }

  /** Writes that something has left; false if another departure is written already, which stays as it is. */
  public async leaveFirst(state: LeftState): Promise<boolean> {
    const attributes = Object.entries(leftAttributes(state));
    const command = new UpdateItemCommand({
      TableName: this.table.name,
      Key: stateKey(leftPartition(state.name, state.generation)),
      UpdateExpression: `SET ${attributes.map((_, n) => `#a${n} = :a${n}`).join(', ')}`,
      // The first process that says so is the one that is reported.
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: {
        '#pk': PARTITION_KEY,
        ...Object.fromEntries(attributes.map(([name], n) => [`#a${n}`, name])),
      },
      ExpressionAttributeValues: Object.fromEntries(attributes.map(([, value], n) => [`:a${n}`, value])),
    });
    try {
      await this.table.client.send(command);
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      return false;
    }
    return true;
  }

  /** @throws if any row is left unread */
  private async rows(partitions: readonly string[]): Promise<Map<string, StateItem>> {
    const { client, name } = this.table;
    const found = new Map<string, StateItem>();
    for (let at = 0; at < partitions.length; at += MOST_KEYS) {
      const Keys = partitions.slice(at, at + MOST_KEYS).map(stateKey);
      const { Responses, UnprocessedKeys = {} } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true } } }),
      );
      const rows = Responses?.[name];
      if (rows === undefined || Object.keys(UnprocessedKeys).length > 0)
        throw new Error('the table of provider states left rows unread');
      for (const row of rows) {
        const partition = partitionOf(row);
        if (partition === undefined || !partitions.includes(partition))
          throw new Error('the table of provider states has a row that was not asked for');
        found.set(partition, row);
      }
    }
    return found;
  }
}
