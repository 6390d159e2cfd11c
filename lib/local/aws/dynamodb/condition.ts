import { invalid } from '../shared/fault';
import { type Attribute, compare, equal, type Item, plain, sizeOf, typeOf } from './attribute';
import { at, type Names } from './names';
import { TokenReader } from './tokens';

/** Whether an item meets a condition. A missing item counts as empty. */
export type Condition = (item: Item) => boolean;

type Operand = (item: Item) => Attribute | undefined;

/** A condition or filter in DynamoDB's grammar. */
export function parseCondition(expression: string, names: Names, what: string): Condition {
  const reader = new TokenReader(expression, what);
  const condition = either(reader, names);
  reader.end();
  return condition;
}

function either(reader: TokenReader, names: Names): Condition {
  const parts = [both(reader, names)];
  while (reader.take('OR')) parts.push(both(reader, names));
  return (item) => parts.some((part) => part(item));
}

function both(reader: TokenReader, names: Names): Condition {
  const parts = [negation(reader, names)];
  while (reader.take('AND')) parts.push(negation(reader, names));
  return (item) => parts.every((part) => part(item));
}

function negation(reader: TokenReader, names: Names): Condition {
  if (!reader.take('NOT')) return primary(reader, names);
  const inner = negation(reader, names);
  return (item) => !inner(item);
}

function primary(reader: TokenReader, names: Names): Condition {
  if (reader.take('(')) {
    const inner = either(reader, names);
    reader.expect(')');
    return inner;
  }
  if (reader.isCall() && reader.peek()?.text !== 'size') return call(reader, names);
  return comparison(reader, names);
}

function call(reader: TokenReader, names: Names): Condition {
  const name = reader.next().text;
  reader.expect('(');
  const path = names.path(reader);
  const found = (item: Item) => at(item, path);
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    reader.expect(')');
    return (item) => (found(item) !== undefined) === (name === 'attribute_exists');
  }
  reader.expect(',');
  const second = operand(reader, names);
  reader.expect(')');
  const test = CALLS[name];
  if (test === undefined) throw invalid(`Invalid function name; function: ${name}`);
  return (item) => {
    const [a, b] = [found(item), second(item)];
    return a !== undefined && b !== undefined && test(a, b);
  };
}

const CALLS: Readonly<Record<string, (a: Attribute, b: Attribute) => boolean>> = {
  attribute_type: (a, b) => typeOf(a) === plain(b),
  begins_with: (a, b) => {
    if ('S' in a && 'S' in b) return a.S.startsWith(b.S);
    if ('B' in a && 'B' in b) {
      const [whole, start] = [Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64')];
      return whole.subarray(0, start.length).equals(start);
    }
    return false;
  },
  contains: (a, b) => {
    if ('S' in a && 'S' in b) return a.S.includes(b.S);
    if ('L' in a) return a.L.some((member) => equal(member, b));
    return typeOf(a) === `${typeOf(b)}S` && (plain(a) as unknown[]).includes(plain(b));
  },
};

function comparison(reader: TokenReader, names: Names): Condition {
  const left = operand(reader, names);
  if (reader.take('BETWEEN')) {
    const low = operand(reader, names);
    reader.expect('AND');
    const high = operand(reader, names);
    return (item) => ordered(left(item), low(item), (n) => n >= 0) && ordered(left(item), high(item), (n) => n <= 0);
  }
  if (reader.take('IN')) {
    reader.expect('(');
    const members = [operand(reader, names)];
    while (reader.take(',')) members.push(operand(reader, names));
    reader.expect(')');
    return (item) => members.some((member) => same(left(item), member(item)));
  }
  const { text: sign } = reader.next();
  const right = operand(reader, names);
  if (sign === '=') return (item) => same(left(item), right(item));
  // A missing value differs from every value.
  if (sign === '<>') return (item) => !same(left(item), right(item));
  const order = ORDERS[sign] ?? reader.fail();
  return (item) => ordered(left(item), right(item), order);
}

const ORDERS: Readonly<Record<string, (n: number) => boolean>> = {
  '<': (n) => n < 0,
  '<=': (n) => n <= 0,
  '>': (n) => n > 0,
  '>=': (n) => n >= 0,
};

/** A value, a path, or the size of the value at a path. */
function operand(reader: TokenReader, names: Names): Operand {
  if (reader.peek()?.kind === 'value') {
    const value = names.value(reader.next().text);
    return () => value;
  }
  if (reader.isCall()) {
    if (reader.next().text !== 'size') reader.fail();
    reader.expect('(');
    const path = names.path(reader);
    reader.expect(')');
    return (item) => measured(at(item, path));
  }
  const path = names.path(reader);
  return (item) => at(item, path);
}

function measured(value: Attribute | undefined): Attribute | undefined {
  if (value === undefined) return undefined;
  if ('S' in value) return { N: String(value.S.length) };
  if ('B' in value) return { N: String(sizeOf(value)) };
  const content = plain(value);
  if (typeof content !== 'object' || content === null) return undefined;
  return { N: String(Object.keys(content).length) };
}

const same = (a: Attribute | undefined, b: Attribute | undefined) => a !== undefined && b !== undefined && equal(a, b);

function ordered(a: Attribute | undefined, b: Attribute | undefined, test: (n: number) => boolean): boolean {
  const order = a === undefined || b === undefined ? undefined : compare(a, b);
  return order !== undefined && test(order);
}
