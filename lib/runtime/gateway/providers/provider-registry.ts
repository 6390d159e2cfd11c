import { type AttributeValue, ScanCommand, type ScanCommandOutput, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GENERATION_PREFIX,
  generationPartition,
  LEFT_PREFIX,
  type LeftState,
  type Readmission,
  stateKey,
} from '../../../contract/provider-state';
import type { Table } from '../../aws/table';
import { DynamoDbProviderStates } from './dynamodb-provider-states';
import type { StatesRead } from './provider-states';
import { generationIn, leftState, partitionOf, type StateItem } from './state-item';

/** What an operator does with provider states, besides what a gateway does. */
export interface ProviderRegistry {
  /** What is out of use, by name. */
  list(): Promise<readonly LeftState[]>;
  /**
   * Takes a provider out of use for a drill.
   *
   * @throws RegistryConflict if it is out of use already
   */
  drill(name: string, at: Date): Promise<LeftState>;
  /**
   * Puts something into use again.
   *
   * @throws RegistryConflict if it isn't out of use, or another readmission came first
   */
  readmit(name: string, at: Date, reason?: string): Promise<Readmission>;
}

/** A request of an operator that the present state doesn't allow. */
export class RegistryConflict extends Error {
  public override readonly name = 'RegistryConflict';
}

/** The generation after another one. A gateway can write the rows of generations to come, so the next one can't be a number that it knows. */
export const nextGeneration = (generation: number, at: Date): number => Math.max(generation + 1, at.getTime());

/** Refusals that have the same words wherever the states are. */
export const notOut = (name: string) =>
  new RegistryConflict(`'${name}' isn't out of use; 'eu-residency providers list' shows what is`);
export const alreadyOut = ({ name, at }: LeftState) =>
  new RegistryConflict(`'${name}' is out of use already, since ${at}; readmit it first`);

/** The states in the deployment's table, with the permissions of an operator. */
export class DynamoDbProviderRegistry implements ProviderRegistry {
  constructor(private readonly table: Table) {}

  public async list(): Promise<readonly LeftState[]> {
    const rows = await this.rows();
    const generations = new Map(
      rows.flatMap(({ partition, item }): [string, number][] => {
        const generation = generationIn(item);
        if (!partition.startsWith(GENERATION_PREFIX) || generation === undefined) return [];
        return [[partition.slice(GENERATION_PREFIX.length), generation]];
      }),
    );
    return rows
      .flatMap(({ partition, item }) => {
        const [, name, number] = /^left#(.+)#(\d+)$/.exec(partition) ?? [];
        if (name === undefined || Number(number) !== (generations.get(name) ?? 0)) return [];
        return [leftState(name, Number(number), item)];
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  public async drill(name: string, at: Date): Promise<LeftState> {
    const { left, generations } = await this.read(name);
    const before = left.get(name);
    if (before !== undefined) throw alreadyOut(before);
    const generation = generations.get(name) ?? 0;
    const state: LeftState = { name, generation, at: at.toISOString(), kind: 'drill', refusals: 0, models: [] };
    // It may have left since the reading. A drill that readmits it at its end would put it into use without a person's decision.
    if (!(await new DynamoDbProviderStates(this.table).leaveFirst(state)))
      throw alreadyOut((await this.read(name)).left.get(name) ?? state);
    return state;
  }

  public async readmit(name: string, at: Date, reason?: string): Promise<Readmission> {
    const { left, generations } = await this.read(name);
    if (!left.has(name)) throw notOut(name);
    const before = generations.get(name);
    const generation = nextGeneration(before ?? 0, at);
    const readmission = { name, generation, at: at.toISOString(), ...(reason !== undefined && { reason }) };
    const values: Record<string, AttributeValue> = {
      ':generation': { N: `${generation}` },
      ':at': { S: readmission.at },
      ':reason': { S: reason ?? '' },
      ...(before !== undefined && { ':before': { N: `${before}` } }),
    };
    const command = new UpdateItemCommand({
      TableName: this.table.name,
      Key: stateKey(generationPartition(name)),
      UpdateExpression: 'SET #generation = :generation, #at = :at, #reason = :reason',
      ConditionExpression: before === undefined ? 'attribute_not_exists(#generation)' : '#generation = :before',
      ExpressionAttributeNames: { '#generation': 'generation', '#at': 'at', '#reason': 'reason' },
      ExpressionAttributeValues: values,
    });
    try {
      await this.table.client.send(command);
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      throw new RegistryConflict(`'${name}' was readmitted by another command meanwhile`);
    }
    return readmission;
  }

  private async read(name: string): Promise<StatesRead> {
    const read = await new DynamoDbProviderStates(this.table).read([name]);
    if (read.unreadable?.has(name))
      throw new Error(
        `the generation of '${name}' in table '${this.table.name}' isn't a number; write the number of its last readmission into the row`,
      );
    return read;
  }

  private async rows(): Promise<{ readonly partition: string; readonly item: StateItem }[]> {
    const rows: { readonly partition: string; readonly item: StateItem }[] = [];
    let after: ScanCommandOutput['LastEvaluatedKey'];
    do {
      const page: ScanCommandOutput = await this.table.client.send(
        new ScanCommand({ TableName: this.table.name, ConsistentRead: true, ExclusiveStartKey: after }),
      );
      for (const item of page.Items ?? []) {
        const partition = partitionOf(item);
        if (partition?.startsWith(LEFT_PREFIX) || partition?.startsWith(GENERATION_PREFIX))
          rows.push({ partition: partition as string, item });
      }
      after = page.LastEvaluatedKey;
    } while (after !== undefined);
    return rows;
  }
}
