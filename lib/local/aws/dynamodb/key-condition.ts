import { invalid } from '../shared/fault';
import type { Attribute } from './attribute';
import type { Names } from './names';
import type { LocalTable } from './table';
import { TokenReader } from './tokens';

/** The items of a partition that a query covers. The bounds apply to the sort key and are inclusive. */
export interface KeyRange {
  readonly partition: string;
  readonly low?: string;
  readonly high?: string;
  /** A condition that the bounds can't express. */
  readonly test?: (sort: string) => boolean;
}

/** A key condition: the partition, and at most one condition on the sort key. */
export function parseKeyCondition(expression: string, names: Names, table: LocalTable): KeyRange {
  const reader = new TokenReader(expression, 'KeyConditionExpression');
  const parts = [part(reader, names)];
  if (reader.take('AND')) parts.push(part(reader, names));
  reader.end();
  const partition = parts.find(({ name, sign }) => name === table.partitionKey && sign === '=');
  const others = parts.filter((one) => one !== partition);
  if (partition === undefined) throw invalid(`Query condition missed key schema element: ${table.partitionKey}`);
  const [sort] = others;
  if (sort !== undefined && sort.name !== table.sortKey) throw invalid('Query key condition not supported');
  return { partition: text(partition.values[0]), ...(sort && range(sort)) };
}

interface Part {
  readonly name: string;
  readonly sign: string;
  readonly values: readonly Attribute[];
}

function part(reader: TokenReader, names: Names): Part {
  if (reader.take('(')) {
    const inner = part(reader, names);
    reader.expect(')');
    return inner;
  }
  const value = () => (reader.peek()?.kind === 'value' ? names.value(reader.next().text) : reader.fail());
  if (reader.isCall()) {
    if (reader.next().text !== 'begins_with') throw invalid('Query key condition not supported');
    reader.expect('(');
    const name = whole(names.path(reader));
    reader.expect(',');
    const start = value();
    reader.expect(')');
    return { name, sign: 'begins_with', values: [start] };
  }
  const name = whole(names.path(reader));
  if (reader.take('BETWEEN')) {
    const low = value();
    reader.expect('AND');
    return { name, sign: 'BETWEEN', values: [low, value()] };
  }
  return { name, sign: reader.next().text, values: [value()] };
}

function range({ sign, values }: Part): Omit<KeyRange, 'partition'> {
  const [first = '', second = ''] = values.map(text);
  switch (sign) {
    case '=':
      return { low: first, high: first };
    case '<':
      return { high: first, test: (sort) => sort !== first };
    case '<=':
      return { high: first };
    case '>':
      return { low: first, test: (sort) => sort !== first };
    case '>=':
      return { low: first };
    case 'BETWEEN':
      return { low: first, high: second };
    case 'begins_with':
      return { low: first, high: `${first}${LAST}`, test: (sort) => sort.startsWith(first) };
    default:
      throw invalid('Query key condition not supported');
  }
}

/** Sorts after every text of assigned characters. */
const LAST = '\u{10FFFF}';

function text(value: Attribute | undefined): string {
  if (value !== undefined && 'S' in value) return value.S;
  throw invalid('One or more parameter values were invalid: Condition parameter type does not match schema type');
}

function whole(path: readonly (string | number)[]): string {
  const [name, ...rest] = path;
  if (typeof name !== 'string' || rest.length > 0)
    throw invalid('Key condition: a key must be a top-level attribute of an item');
  return name;
}
