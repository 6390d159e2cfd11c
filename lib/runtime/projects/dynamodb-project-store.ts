import {
  QueryCommand,
  type TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ProjectLimits } from '../../contract/policies/gateway-policy';
import { OPEN_PROJECTS_COUNT, OPEN_PROJECTS_PARTITION, PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import type { Table } from '../aws/table';
import { findStored } from '../gateway/open/dynamodb-open-projects';
import {
  limitsAttribute,
  projectKey,
  type StoredProject,
  toProjectItem,
  toStoredProject,
  UnreadableProject,
} from '../gateway/open/project-item';
import { Contended, type ListedProject, type ProjectStore } from './project-store';

/** All creations and ends write the row that counts, so DynamoDB cancels some of those that happen at once. */
const ATTEMPTS = 8;
/** The longest wait before the first repetition, in milliseconds. It doubles with each. */
const WAIT_MS = 25;

const CONFLICTS: readonly string[] = ['TransactionConflictException', 'TransactionInProgressException'];

/** The row of a project that exists and hasn't ended. */
const IS_OPEN = `attribute_exists(${PARTITION_KEY}) AND attribute_not_exists(#ended)`;

const MISCOUNTED =
  "the count of open projects was lower than their number, so 'maximum' doesn't hold until it is right; set 'count' of the item " +
  `${OPEN_PROJECTS_PARTITION}, ${OPEN_PROJECTS_COUNT} in the table of keys to their number`;

/** Open projects in the table of keys. */
export class DynamoDbProjectStore implements ProjectStore {
  /** @param log receives what an operator should know, which names no project */
  constructor(
    private readonly table: Table,
    private readonly log: (line: object) => void = (line) => void process.stdout.write(`${JSON.stringify(line)}\n`),
  ) {}

  public find(id: string): Promise<StoredProject | undefined> {
    return findStored(this.table, id);
  }

  public async page(limit: number, after = OPEN_PROJECTS_COUNT) {
    const { Items = [] } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: `${PARTITION_KEY} = :projects AND ${SORT_KEY} > :after`,
        ExpressionAttributeValues: { ':projects': { S: OPEN_PROJECTS_PARTITION }, ':after': { S: after } },
        ConsistentRead: true,
        // One more than asked for tells whether there are more. Rows are far too small to fill a page of DynamoDB's.
        Limit: limit + 1,
      }),
    );
    return { projects: Items.slice(0, limit).map(listed), more: Items.length > limit };
  }

  public async create(stored: StoredProject, maximum: number): Promise<'created' | 'taken' | 'full'> {
    const TableName = this.table.name;
    const [isTaken, isFull] = await this.transact([
      {
        Put: {
          TableName,
          Item: toProjectItem(stored),
          ConditionExpression: `attribute_not_exists(${PARTITION_KEY})`,
        },
      },
      {
        Update: {
          TableName,
          Key: projectKey(OPEN_PROJECTS_COUNT),
          UpdateExpression: 'ADD #count :one',
          ConditionExpression: 'attribute_not_exists(#count) OR #count < :maximum',
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: { ':one': { N: '1' }, ':maximum': { N: `${maximum}` } },
        },
      },
    ]);
    if (isTaken) return 'taken';
    return isFull ? 'full' : 'created';
  }

  public cap(id: string, limits: ProjectLimits, at: Date): Promise<boolean> {
    return this.update({
      TableName: this.table.name,
      Key: projectKey(id),
      UpdateExpression: 'SET #limits = :limits, #capped = :at',
      ConditionExpression: IS_OPEN,
      ExpressionAttributeNames: { '#limits': 'limits', '#capped': 'capped', '#ended': 'ended' },
      ExpressionAttributeValues: { ':limits': limitsAttribute(limits), ':at': { S: at.toISOString() } },
    });
  }

  public async end(id: string, at: Date): Promise<boolean> {
    const TableName = this.table.name;
    const ending = {
      TableName,
      Key: projectKey(id),
      UpdateExpression: 'SET #ended = :at',
      ConditionExpression: IS_OPEN,
      ExpressionAttributeNames: { '#ended': 'ended' },
      ExpressionAttributeValues: { ':at': { S: at.toISOString() } },
    };
    const [isNotOpen, isMiscounted] = await this.transact([
      { Update: ending },
      {
        Update: {
          TableName,
          Key: projectKey(OPEN_PROJECTS_COUNT),
          UpdateExpression: 'ADD #count :less',
          ConditionExpression: '#count >= :one',
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: { ':less': { N: '-1' }, ':one': { N: '1' } },
        },
      },
    ]);
    if (isNotOpen) return false;
    if (!isMiscounted) return true;
    // Access that should end matters more than a count that was changed before.
    const hasEnded = await this.update(ending);
    if (hasEnded) this.log({ event: 'open-projects-miscounted', message: MISCOUNTED });
    return hasEnded;
  }

  /** Whether the condition of the update held. */
  private update(input: UpdateItemCommandInput): Promise<boolean> {
    return repeated(async () => {
      try {
        await this.table.client.send(new UpdateItemCommand(input));
        return true;
      } catch (error) {
        if ((error as Error).name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    });
  }

  /** Whether the condition of each part failed. If any did, nothing was written. */
  private transact(TransactItems: NonNullable<TransactWriteItemsCommandInput['TransactItems']>): Promise<boolean[]> {
    return repeated(async () => {
      try {
        await this.table.client.send(new TransactWriteItemsCommand({ TransactItems }));
        return TransactItems.map(() => false);
      } catch (error) {
        const { CancellationReasons: reasons } = error as TransactionCanceledException;
        const failed = (reasons ?? []).map(({ Code }) => Code === 'ConditionalCheckFailed');
        // The conditions decide before a conflict does: another attempt would meet the same ones.
        if (failed.includes(true)) return failed;
        throw error;
      }
    });
  }
}

function listed(item: Parameters<typeof toStoredProject>[0]): ListedProject {
  try {
    return toStoredProject(item).project;
  } catch (error) {
    if (error instanceof UnreadableProject) return { id: item.sk?.S ?? '', isUnreadable: true };
    throw error;
  }
}

/**
 * Repeats a write that another one of the same row kept from happening.
 *
 * @throws Contended after the last attempt
 */
async function repeated<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * WAIT_MS * 2 ** (attempt - 1)));
  }
  throw new Contended('other changes of open projects were made at once');
}

function isConflict(error: unknown): boolean {
  const { name, CancellationReasons: reasons = [] } = error as TransactionCanceledException;
  return CONFLICTS.includes(name) || reasons.some(({ Code }) => Code === 'TransactionConflict');
}
