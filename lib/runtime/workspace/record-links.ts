import { randomUUID } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { hourOf, LINKS_BY_HOUR, linkKey, linkText } from '../../contract/record-links';
import { EXPIRES_AT } from '../../contract/tables';
import { type Table, unixSeconds } from '../aws/table';
import type { LinkedRequest } from '../http/records/linked-request';

const DAY_MS = 86_400_000;

/** The most links that wait for the table to answer again. */
const MOST_OWED = 1_000;

/**
 * For how long a link waits. A process may serve no request for longer, and write it after the member was erased. The
 * last step of an erasure deletes what was written within a day.
 */
const OWED_MS = 5 * 60_000;

interface Owed {
  readonly command: UpdateItemCommand;
  readonly since: number;
}

/**
 * Links the records of requests to the members who made them. No answer waits for that. A link that couldn't be written
 * is written with the next one, for a few minutes.
 */
export class RecordLinks {
  private owed: Owed[] = [];
  private readonly writing = new Set<Promise<void>>();

  /** @param days for how long a link is stored */
  constructor(
    private readonly table: Table,
    private readonly days: number,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Writes the link of a request. */
  public readonly link = (request: LinkedRequest): void => {
    const time = this.now().getTime();
    const owed = this.owed.filter(({ since }) => time - since < OWED_MS);
    this.owed = [];
    const due = [...owed, { command: this.toCommand(request), since: time }];
    const writing = Promise.all(due.map((one) => this.write(one))).then(() => void this.writing.delete(writing));
    this.writing.add(writing);
  };

  /** Resolves once every link is written, or could not be written for now. */
  public async settled(): Promise<void> {
    await Promise.all(this.writing);
  }

  private async write(link: Owed): Promise<void> {
    try {
      await this.table.client.send(link.command);
    } catch {
      if (this.owed.length < MOST_OWED) this.owed.push(link);
    }
  }

  private toCommand({ id, member, time: at }: LinkedRequest): UpdateItemCommand {
    const time = at.toISOString();
    const { pk, sk } = linkKey(member, time, randomUUID());
    return new UpdateItemCommand({
      TableName: this.table.name,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'SET #hour = :hour, #at = :at, #expires = :expires',
      ExpressionAttributeNames: {
        '#hour': LINKS_BY_HOUR.partitionKey,
        '#at': LINKS_BY_HOUR.sortKey,
        '#expires': EXPIRES_AT,
      },
      ExpressionAttributeValues: {
        ':hour': { S: hourOf(time) },
        ':at': { S: linkText({ id, time }) },
        ':expires': { N: unixSeconds(new Date(at.getTime() + this.days * DAY_MS)) },
      },
    });
  }
}
