import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { hourOf, LINKS_BY_HOUR, linkText, type RecordLink, readLink } from '../../contract/record-links';
import { contentPartition, isExpired, PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import { UnknownPage } from './record-log';

/** A link, with the position at which a page ends after it. */
export interface LinkInPage extends RecordLink {
  readonly position: string;
}

/** A page of the links of one member. */
export interface LinkPage {
  readonly links: readonly LinkInPage[];
  /** The end of the page, if there may be more. */
  readonly next?: string;
}

/** Which member made the request of a record, for as long as a row says so. */
export interface RecordLinks {
  /** The members who made the requests of some records, by the ID of the record. */
  membersOf(records: readonly RecordLink[]): Promise<ReadonlyMap<string, string>>;
  /**
   * The records of a member's requests, oldest minute first.
   *
   * @throws UnknownPage if `after` is outside the times
   */
  page(member: string, options: LinkQuery): Promise<LinkPage>;
}

interface LinkQuery {
  readonly since: Date;
  /** Exclusive. */
  readonly until: Date;
  readonly limit: number;
  readonly after?: string;
}

type Row = Record<string, AttributeValue>;

/** Sorts after every text that a key of this table can have there. */
const LAST = '~';

/** The links in a workspace's table. */
export class DynamoDbRecordLinks implements RecordLinks {
  constructor(
    private readonly table: { readonly client: Pick<DynamoDBClient, 'send'>; readonly name: string },
    private readonly now: () => Date = () => new Date(),
  ) {}

  public async membersOf(records: readonly RecordLink[]): Promise<ReadonlyMap<string, string>> {
    const hours = new Map<string, string[]>();
    for (const record of records) {
      const hour = hourOf(record.time);
      hours.set(hour, [...(hours.get(hour) ?? []), linkText(record)]);
    }
    const found = await Promise.all([...hours].map(([hour, texts]) => this.ofHour(hour, texts.sort())));
    return new Map(found.flat());
  }

  public async page(member: string, { since, until, limit, after }: LinkQuery): Promise<LinkPage> {
    const pk = { S: contentPartition(member) };
    const first = since.toISOString().slice(0, 16);
    const last = `${new Date(until.getTime() - 1).toISOString().slice(0, 16)}#${LAST}`;
    // DynamoDB refuses it as well, but like any other fault.
    if (after !== undefined && !(first <= after && after <= last)) throw new UnknownPage();
    const { rows, last: end } = await this.query({
      KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :first AND :last',
      ExpressionAttributeNames: { '#pk': PARTITION_KEY, '#sk': SORT_KEY },
      ExpressionAttributeValues: {
        ':pk': pk,
        ':first': { S: first },
        ':last': { S: last },
      },
      ConsistentRead: true,
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: { pk, sk: { S: after } } }),
    });
    const links = rows.map(({ at, sk }) => ({ ...readLink(at?.S), position: sk?.S ?? '' }));
    const [from, to] = [since.toISOString(), until.toISOString()];
    return { links: links.filter(({ time }) => from <= time && time < to), next: end?.sk?.S };
  }

  /** The members of the records between two of an hour. */
  private async ofHour(hour: string, texts: readonly string[]): Promise<[string, string][]> {
    const members: [string, string][] = [];
    let ExclusiveStartKey: Row | undefined;
    do {
      const page = await this.query({
        IndexName: LINKS_BY_HOUR.indexName,
        KeyConditionExpression: '#hour = :hour AND #at BETWEEN :first AND :last',
        ExpressionAttributeNames: { '#hour': LINKS_BY_HOUR.partitionKey, '#at': LINKS_BY_HOUR.sortKey },
        ExpressionAttributeValues: {
          ':hour': { S: hour },
          ':first': { S: texts[0] ?? '' },
          ':last': { S: texts.at(-1) ?? '' },
        },
        ExclusiveStartKey,
      });
      for (const { pk, at } of page.rows) {
        members.push([readLink(at?.S).id, (pk?.S ?? '').slice(contentPartition('').length)]);
      }
      ExclusiveStartKey = page.last;
    } while (ExclusiveStartKey !== undefined);
    return members;
  }

  /** A page of rows, without expired ones. */
  private async query(input: Omit<QueryCommandInput, 'TableName'>): Promise<{ rows: Row[]; last?: Row }> {
    const command = new QueryCommand({ TableName: this.table.name, ...input });
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(command);
    return { rows: Items.filter((row) => !isExpired(row, this.now())), last: LastEvaluatedKey };
  }
}
