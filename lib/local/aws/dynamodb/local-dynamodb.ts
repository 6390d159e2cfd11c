import { invalid, LocalFault, requireKnown, unsupported } from '../shared/fault';
import { JsonService } from '../shared/json-service';
import { type Attribute, type Item, sizeOfItem } from './attribute';
import { type Condition, parseCondition } from './condition';
import { parseKeyCondition } from './key-condition';
import { at, Names, type Path } from './names';
import type { RequestTokens } from './request-tokens';
import type { Page, Rows } from './rows';
import { admitKey, admitWhole, type Key, keyOf, type LocalTable, requireSize, toKeyItem } from './table';
import { TokenReader } from './tokens';
import { parseUpdate } from './update';

type Input = Readonly<Record<string, unknown>>;

const EXPRESSIONS = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
const WRITE = ['TableName', ...EXPRESSIONS, 'ReturnValues', 'ReturnValuesOnConditionCheckFailure'];
/** Consumption metrics are omitted from every answer. */
const COUNTS = ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'];

/** The part of DynamoDB that a workspace uses, on the embedded store. Other requests fail with a message. */
export class LocalDynamoDb extends JsonService {
  constructor(
    private readonly rows: Rows,
    private readonly tables: readonly LocalTable[],
    private readonly tokens: RequestTokens,
  ) {
    super('application/x-amz-json-1.0');
  }

  protected override readonly operations = {
    GetItem: (input: Input) => {
      requireKnown('GetItem', input, [...READ, 'Key', ...COUNTS]);
      const table = this.table(input);
      const names = new Names(input);
      const project = projection(input, names);
      names.requireUsed();
      const item = this.rows.find(table, admitKey(table, input.Key));
      return item === undefined ? {} : { Item: project(item) };
    },

    PutItem: (input: Input) => {
      requireKnown('PutItem', input, [...WRITE, 'Item', ...COUNTS]);
      const returned = oneOf(input, ['NONE', 'ALL_OLD']);
      const { before } = this.rows.together(() => this.put(input));
      return returned === 'ALL_OLD' && before !== undefined ? { Attributes: before } : {};
    },

    DeleteItem: (input: Input) => {
      requireKnown('DeleteItem', input, [...WRITE, 'Key', ...COUNTS]);
      const returned = oneOf(input, ['NONE', 'ALL_OLD']);
      const { before } = this.rows.together(() => this.delete(input));
      return returned === 'ALL_OLD' && before !== undefined ? { Attributes: before } : {};
    },

    UpdateItem: (input: Input) => {
      requireKnown('UpdateItem', input, [...WRITE, 'Key', 'UpdateExpression', ...COUNTS]);
      const returned = oneOf(input, ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']);
      const { before = {}, after = {}, paths } = this.rows.together(() => this.update(input));
      if (returned === 'NONE') return {};
      const whole = returned.endsWith('OLD') ? before : after;
      if (returned.startsWith('ALL')) return Object.keys(whole).length === 0 ? {} : { Attributes: whole };
      if (paths.some((path) => path.length > 1)) throw unsupported(`${returned} of a part of an attribute`);
      const Attributes = Object.fromEntries(
        Object.entries(whole).filter(([name]) => paths.some(([one]) => one === name)),
      );
      return Object.keys(Attributes).length === 0 ? {} : { Attributes };
    },

    Query: (input: Input) => {
      requireKnown('Query', input, [...READ, ...FILTERED, 'KeyConditionExpression', 'ScanIndexForward', ...COUNTS]);
      const table = this.table(input);
      const names = new Names(input);
      const range = parseKeyCondition(String(input.KeyConditionExpression ?? ''), names, table);
      const filter = conditionOf(input.FilterExpression, names, 'FilterExpression');
      const project = projection(input, names);
      names.requireUsed();
      const start = input.ExclusiveStartKey === undefined ? undefined : admitKey(table, input.ExclusiveStartKey);
      if (start !== undefined && start.partition !== range.partition) {
        throw invalid('The provided starting key is outside query boundaries based on provided conditions');
      }
      const forward = input.ScanIndexForward !== false;
      const page = this.rows.query(table, range, { forward, after: start?.sort, limit: limitOf(input) });
      return answer(table, page, filter, project, input.Select);
    },

    Scan: (input: Input) => {
      requireKnown('Scan', input, [...READ, ...FILTERED, ...COUNTS]);
      const table = this.table(input);
      const names = new Names(input);
      const filter = conditionOf(input.FilterExpression, names, 'FilterExpression');
      const project = projection(input, names);
      names.requireUsed();
      const after = input.ExclusiveStartKey === undefined ? undefined : admitKey(table, input.ExclusiveStartKey);
      return answer(table, this.rows.scan(table, after, limitOf(input)), filter, project, input.Select);
    },

    BatchGetItem: (input: Input) => {
      requireKnown('BatchGetItem', input, ['RequestItems', ...COUNTS]);
      const requests = Object.entries((input.RequestItems ?? {}) as Record<string, Input>);
      const keys = requests.flatMap(([TableName, request]) => {
        requireKnown('BatchGetItem', request, ['Keys', ...READ]);
        const table = this.table({ TableName });
        return (request.Keys as Item[]).map((key) => ({ TableName, table, request, key }));
      });
      if (keys.length === 0 || keys.length > 100) throw invalid('Too many items requested for the BatchGetItem call');
      requireOnce(keys.map(({ table, key }) => [table, admitKey(table, key)]));
      const Responses: Record<string, Item[]> = {};
      const UnprocessedKeys: Record<string, Input & { Keys: Item[] }> = {};
      let read = 0;
      for (const { TableName, table, request, key } of keys) {
        Responses[TableName] ??= [];
        const names = new Names(request);
        const project = projection(request, names);
        const item = read > BATCH_BYTES ? undefined : this.rows.find(table, admitKey(table, key));
        read += item === undefined ? 0 : sizeOfItem(item);
        if (read > BATCH_BYTES) {
          UnprocessedKeys[TableName] ??= { ...request, Keys: [] };
          UnprocessedKeys[TableName].Keys.push(key);
        } else if (item !== undefined) Responses[TableName].push(project(item));
      }
      return { Responses, UnprocessedKeys };
    },

    BatchWriteItem: (input: Input) => {
      requireKnown('BatchWriteItem', input, ['RequestItems', ...COUNTS]);
      const writes = Object.entries((input.RequestItems ?? {}) as Record<string, Input[]>).flatMap(
        ([TableName, requests]) =>
          requests.map((request) => {
            const table = this.table({ TableName });
            const { PutRequest: put, DeleteRequest: remove } = request as Record<string, Input | undefined>;
            if (put !== undefined && remove === undefined) return { table, ...admitWhole(table, put.Item) };
            if (remove !== undefined && put === undefined)
              return { table, key: admitKey(table, remove.Key), item: undefined };
            throw invalid('Supplied AttributeValue has more than one datatypes set');
          }),
      );
      if (writes.length === 0 || writes.length > 25)
        throw invalid('Too many items requested for the BatchWriteItem call');
      requireOnce(writes.map(({ table, key }) => [table, key]));
      this.rows.together(() => {
        for (const { table, key, item } of writes) {
          if (item === undefined) this.rows.remove(table, key);
          else this.rows.put(table, key, item);
        }
      });
      return { UnprocessedItems: {} };
    },

    TransactWriteItems: (input: Input) => {
      requireKnown('TransactWriteItems', input, ['TransactItems', 'ClientRequestToken', ...COUNTS]);
      const parts = (input.TransactItems ?? []) as readonly Readonly<Record<string, Input>>[];
      if (parts.length === 0 || parts.length > 100) throw invalid('Member must have length less than or equal to 100');
      const targets = parts.map((part) => this.part(part));
      requireOnce(targets.map(({ table, key }) => [table, key]));
      const reasons: Input[] = [];
      this.rows.together(() => {
        if (this.tokens.isRepeated(input.ClientRequestToken, parts)) return;
        for (const { run } of targets) {
          try {
            run();
            reasons.push({ Code: 'None' });
          } catch (error) {
            if (!(error instanceof LocalFault) || error.name !== FAILED) throw error;
            reasons.push({ Code: 'ConditionalCheckFailed', Message: error.message, ...error.members });
          }
        }
        if (reasons.every(({ Code }) => Code === 'None')) return;
        const codes = reasons.map(({ Code }) => Code).join(', ');
        const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
        throw new LocalFault('TransactionCanceledException', message, 400, { CancellationReasons: reasons });
      });
      return {};
    },
  };

  private part(part: Readonly<Record<string, Input>>): { table: LocalTable; key: Key; run: () => unknown } {
    const [[kind, input] = ['', {}], ...more] = Object.entries(part).filter(([, given]) => given !== undefined);
    if (more.length > 0) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    const table = this.table(input);
    const known = ['TableName', ...EXPRESSIONS, 'ReturnValuesOnConditionCheckFailure'];
    const keyed = () => admitKey(table, input.Key);
    switch (kind) {
      case 'Put':
        requireKnown('Put', input, [...known, 'Item']);
        return { table, key: admitWhole(table, input.Item).key, run: () => this.put(input) };
      case 'Delete':
        requireKnown('Delete', input, [...known, 'Key']);
        return { table, key: keyed(), run: () => this.delete(input) };
      case 'Update':
        requireKnown('Update', input, [...known, 'Key', 'UpdateExpression']);
        return { table, key: keyed(), run: () => this.update(input) };
      case 'ConditionCheck':
        requireKnown('ConditionCheck', input, [...known, 'Key']);
        return { table, key: keyed(), run: () => this.check(table, keyed(), input, conditionIn(input)) };
      default:
        throw unsupported(`transaction of '${kind}'`);
    }
  }

  private put(input: Input): { before?: Item } {
    const table = this.table(input);
    const { item, key } = admitWhole(table, input.Item);
    const before = this.check(table, key, input, conditionIn(input));
    this.rows.put(table, key, item);
    return { before };
  }

  private delete(input: Input): { before?: Item } {
    const table = this.table(input);
    const key = admitKey(table, input.Key);
    const before = this.check(table, key, input, conditionIn(input));
    if (before !== undefined) this.rows.remove(table, key);
    return { before };
  }

  private update(input: Input): { before?: Item; after: Item; paths: readonly Path[] } {
    const table = this.table(input);
    const key = admitKey(table, input.Key);
    const names = new Names(input);
    const update =
      input.UpdateExpression === undefined ? undefined : parseUpdate(String(input.UpdateExpression), names);
    const condition = conditionOf(input.ConditionExpression, names, 'ConditionExpression');
    names.requireUsed();
    const paths = update?.paths ?? [];
    const touched = paths.find(([name]) => name === table.partitionKey || name === table.sortKey);
    if (touched !== undefined) {
      throw invalid(
        `One or more parameter values were invalid: Cannot update attribute ${touched[0]}. This attribute is part of the key`,
      );
    }
    const before = this.check(table, key, input, condition);
    const item = before ?? toKeyItem(table, key);
    const after = update?.apply(item) ?? item;
    requireSize(after);
    this.rows.put(table, keyOf(table, after), after);
    return { before, after, paths };
  }

  /** The current item, if it meets the condition. */
  private check(table: LocalTable, key: Key, input: Input, condition: Condition): Item | undefined {
    const item = this.rows.find(table, key);
    if (condition(item ?? {})) return item;
    const returned =
      input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && item !== undefined ? { Item: item } : {};
    throw new LocalFault(FAILED, 'The conditional request failed', 400, returned);
  }

  private table(input: Input): LocalTable {
    const table = this.tables.find(({ name }) => name === input.TableName);
    if (table !== undefined) return table;
    throw new LocalFault('ResourceNotFoundException', 'Requested resource not found');
  }
}

const FAILED = 'ConditionalCheckFailedException';
const BATCH_BYTES = 16 * 1024 * 1024;
const READ = ['TableName', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames'];

const FILTERED = ['FilterExpression', 'ExpressionAttributeValues', 'Limit', 'ExclusiveStartKey', 'Select'];

function limitOf({ Limit }: Input): number | undefined {
  if (Limit === undefined || (Number.isInteger(Limit) && Number(Limit) >= 1)) return Limit as number | undefined;
  throw invalid("Value at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
}

/** One page of an answer: a filter omits items and doesn't move the page's end. */
function answer(
  table: LocalTable,
  { items, last }: Page,
  filter: Condition,
  project: (item: Item) => Item,
  Select: unknown = 'ALL_ATTRIBUTES',
): object {
  if (!['ALL_ATTRIBUTES', 'COUNT', 'SPECIFIC_ATTRIBUTES'].includes(String(Select)))
    throw unsupported(`Select ${Select}`);
  const found = items.filter(filter);
  return {
    ...(Select !== 'COUNT' && { Items: found.map(project) }),
    Count: found.length,
    ScannedCount: items.length,
    ...(last !== undefined && { LastEvaluatedKey: toKeyItem(table, last) }),
  };
}

function conditionIn(input: Input): Condition {
  const names = new Names(input);
  const condition = conditionOf(input.ConditionExpression, names, 'ConditionExpression');
  names.requireUsed();
  return condition;
}

function conditionOf(expression: unknown, names: Names, what: string): Condition {
  return expression === undefined ? () => true : parseCondition(String(expression), names, what);
}

function oneOf(input: Input, allowed: readonly string[]): string {
  const value = String(input.ReturnValues ?? 'NONE');
  if (allowed.includes(value)) return value;
  throw invalid(`ReturnValues can only be ${allowed.join(' or ')}`);
}

/** The requested attributes of an item, top-level ones only. */
function projection(input: Input, names: Names): (item: Item) => Item {
  if (input.ProjectionExpression === undefined) return (item) => item;
  const reader = new TokenReader(String(input.ProjectionExpression), 'ProjectionExpression');
  const paths: Path[] = [];
  do paths.push(names.path(reader));
  while (reader.take(','));
  reader.end();
  if (paths.some((path) => path.length !== 1)) throw unsupported('projection of a part of an attribute');
  return (item) =>
    Object.fromEntries(
      paths.flatMap((path): [string, Attribute][] => {
        const value = at(item, path);
        return value === undefined ? [] : [[String(path[0]), value]];
      }),
    );
}

function requireOnce(targets: readonly (readonly [LocalTable, Key])[]): void {
  const ids = targets.map(([{ name }, { partition, sort }]) => JSON.stringify([name, partition, sort]));
  if (new Set(ids).size === ids.length) return;
  throw invalid('Provided list of item keys contains duplicates');
}
