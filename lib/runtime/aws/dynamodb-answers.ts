import { buffer } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import type {
  AttributeValue,
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  BatchWriteItemCommandOutput,
  DynamoDBClient,
  GetItemCommandInput,
  GetItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type Checks, type Found, refuseWrongAnswers, WrongAnswer } from './wrong-answer';

type Row = Readonly<Record<string, AttributeValue>>;

/** The parts of a request that name the attributes of an answer. */
type Named = Pick<QueryCommandInput, 'ProjectionExpression' | 'ExpressionAttributeNames'>;

const ANOTHER = 'has a row that was not asked for';

/** How the answers of each operation are checked. Those of the other operations hold nothing that a decision depends on. */
const CHECKS: Checks = {
  GetItemCommand: (input: GetItemCommandInput, { Item }: GetItemCommandOutput) =>
    Item === undefined || has(Item, input.Key, input) ? undefined : ANOTHER,
  BatchGetItemCommand: ({ RequestItems = {} }: BatchGetItemCommandInput, { Responses }: BatchGetItemCommandOutput) => {
    if (Responses === undefined) return 'has no list of rows';
    const isRequested = ([table, rows]: [string, Row[]]) => {
      const { Keys = [], ...named } = RequestItems[table] ?? {};
      return rows.every((row) => Keys.some((key) => has(row, key, named)));
    };
    return Object.entries(Responses).every(isRequested) ? undefined : ANOTHER;
  },
  BatchWriteItemCommand: (_: object, { UnprocessedItems }: BatchWriteItemCommandOutput) =>
    UnprocessedItems === undefined ? 'has no list of unprocessed items' : undefined,
  QueryCommand: queryFault,
  ScanCommand: (input: ScanCommandInput, output: ScanCommandOutput) => pageFault(input, output),
  UpdateItemCommand: (input: UpdateItemCommandInput, { Attributes }: UpdateItemCommandOutput) => {
    if (input.ReturnValues !== 'ALL_NEW') return undefined;
    if (Attributes === undefined) return 'has no row';
    return has(Attributes, input.Key, {}) ? undefined : ANOTHER;
  },
};

/** What is wrong with an answer to a query; undefined if nothing is. */
export function queryFault(input: QueryCommandInput, output: QueryCommandOutput): Found {
  const partition = partitionOf(input);
  const rows = [...(output.Items ?? []), ...(output.LastEvaluatedKey === undefined ? [] : [output.LastEvaluatedKey])];
  return pageFault(input, output) ?? (rows.every((row) => has(row, partition, input)) ? undefined : ANOTHER);
}

/** Makes a client refuse an answer that doesn't match its request: without a body, with other rows, or the same page again. */
export function checkAnswers(client: DynamoDBClient): DynamoDBClient {
  refuseWrongAnswers(client.middlewareStack, CHECKS);
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const result = await next(args);
        const response = result.response as { statusCode: number; body: Uint8Array | NodeJS.ReadableStream };
        if (!(response.body instanceof Uint8Array)) response.body = await buffer(response.body);
        if (response.statusCode !== 200 || response.body.length > 0) return result;
        // The SDK reads no body as an empty answer, which says that there is no row. It repeats the call for this error.
        throw Object.assign(new WrongAnswer(commandName.replace(/Command$/, ''), 'is empty'), { $retryable: {} });
      },
    // Before the SDK reads the body.
    { step: 'deserialize', priority: 'low', name: 'requireBody' },
  );
  return client;
}

/** What is wrong with a page of rows. */
function pageFault(
  { ExclusiveStartKey }: Pick<QueryCommandInput, 'ExclusiveStartKey'>,
  { Items = [], Count, LastEvaluatedKey }: Pick<QueryCommandOutput, 'Items' | 'Count' | 'LastEvaluatedKey'>,
): Found {
  if (Count !== Items.length) return "doesn't count its rows";
  if (LastEvaluatedKey !== undefined && isDeepStrictEqual(LastEvaluatedKey, ExclusiveStartKey)) {
    return 'ends where it began, although there is more';
  }
  return undefined;
}

/** The partition that a query is about: its condition begins with it. */
function partitionOf({
  KeyConditionExpression = '',
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
}: QueryCommandInput): Row {
  const [, name = '', value = ''] = /^(#?\w+) = (:\w+)/.exec(KeyConditionExpression) ?? [];
  const of = values[value];
  if (of !== undefined) return { [names[name] ?? name]: of };
  throw new Error("a query's condition must begin with the partition key, as '#pk = :pk'; write it so");
}

/** Whether a row has these attributes, as far as the request asks for them. */
function has(row: Row, key: Row = {}, { ProjectionExpression, ExpressionAttributeNames = {} }: Named): boolean {
  const requested = ProjectionExpression?.split(',').map(
    (name) => ExpressionAttributeNames[name.trim()] ?? name.trim(),
  );
  return Object.entries(key).every(
    ([name, value]) => (requested !== undefined && !requested.includes(name)) || isDeepStrictEqual(row[name], value),
  );
}
