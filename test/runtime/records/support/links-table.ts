import { type QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

type Texts = Record<string, { readonly S?: string; readonly N?: string }>;

/** The table of links with its index, in memory. A page has at most `page` rows. */
export class LinksTable {
  public readonly rows: Texts[] = [];
  /** Calls that fail before the next one succeeds. */
  public failures = 0;
  public readonly queries: QueryCommand['input'][] = [];

  constructor(private readonly page = 2) {}

  public readonly name = 'links';

  public readonly client = {
    send: async (command: UpdateItemCommand | QueryCommand): Promise<object> => {
      if (this.failures-- > 0) throw Object.assign(new Error('x'), { name: 'ThrottlingException' });
      return command instanceof UpdateItemCommand ? this.update(command) : this.query(command);
    },
  } as never;

  private update({ input }: UpdateItemCommand): object {
    const values = input.ExpressionAttributeValues as Texts;
    const key = input.Key as Texts;
    const sets = [...`${input.UpdateExpression}`.matchAll(/(#\w+) = (:\w+)/g)];
    const set = sets.map(([, name = '', value = '']) => [input.ExpressionAttributeNames?.[name], values[value]]);
    this.rows.push({ ...key, ...Object.fromEntries(set) });
    return {};
  }

  private query({ input }: QueryCommand): object {
    this.queries.push(input);
    const [, by = '', , at = ''] = /^(#\w+) = (:\w+) AND (#\w+) BETWEEN/.exec(`${input.KeyConditionExpression}`) ?? [];
    const [partition, sort] = [by, at].map((name) => input.ExpressionAttributeNames?.[name] ?? '') as [string, string];
    const values = Object.values(input.ExpressionAttributeValues ?? {}).map(({ S = '' }) => S);
    const [whole = '', first = '', last = ''] = values;
    const text = (row: Texts, name: string) => row[name]?.S ?? '';
    const found = this.rows
      .filter((row) => text(row, partition) === whole && first <= text(row, sort) && text(row, sort) <= last)
      .sort((one, other) => (text(one, sort) < text(other, sort) ? -1 : 1));
    const start = input.ExclusiveStartKey as Texts | undefined;
    const rest = start === undefined ? found : found.filter((row) => text(row, sort) > text(start, sort));
    const Items = rest.slice(0, Math.min(this.page, input.Limit ?? this.page));
    return { Items, ...(rest.length > Items.length && { LastEvaluatedKey: Items.at(-1) }) };
  }
}
