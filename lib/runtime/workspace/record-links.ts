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
 * Links the records of requests to the members who made them. No answer waits for that. A link that couldn't be written
 * is written with the next one.
 */
export class RecordLinks {
  private owed: UpdateItemCommand[] = [];
  private readonly writing = new Set<Promise<void>>();

  /** @param days for how long a link is stored */
  constructor(
    private readonly table: Table,
    private readonly days: number,
  ) {}

  /** Writes the link of a request. One that was refused because its member's content was erased has none. */
  public readonly link = (request: LinkedRequest): void => {
    if (request.reason === 'content_erased') return;
    const due = [...this.owed, this.toCommand(request)];
    this.owed = [];
    const writing = Promise.all(due.map((command) => this.write(command))).then(
      () => void this.writing.delete(writing),
    );
    this.writing.add(writing);
  };

  /** Resolves once every link is written, or could not be written for now. */
  public async settled(): Promise<void> {
    await Promise.all(this.writing);
  }

  private async write(command: UpdateItemCommand): Promise<void> {
    try {
      await this.table.client.send(command);
    } catch {
      if (this.owed.length < MOST_OWED) this.owed.push(command);
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
