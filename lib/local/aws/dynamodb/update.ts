import { invalid } from '../shared/fault';
import { type Attribute, add, type Item, plain, typeOf } from './attribute';
import { at, type Names, type Path } from './names';
import { TokenReader } from './tokens';

/** The item after an update. Every value is read from the item before it. */
export interface Update {
  readonly paths: readonly Path[];
  apply(item: Item): Item;
}

interface Change {
  readonly path: Path;
  /** The new value; undefined removes the attribute. */
  readonly to: (item: Item) => Attribute | undefined;
}

type Operand = (item: Item) => Attribute;

/** An update expression in DynamoDB's grammar. */
export function parseUpdate(expression: string, names: Names): Update {
  const reader = new TokenReader(expression, 'UpdateExpression');
  const changes: Change[] = [];
  while (!reader.isDone) {
    const clause = Object.keys(CLAUSES).find((name) => reader.take(name)) ?? reader.fail();
    do changes.push((CLAUSES[clause] as (typeof CLAUSES)[string])(reader, names));
    while (reader.take(','));
  }
  const paths = changes.map(({ path }) => path);
  requireApart(paths);
  return {
    paths,
    apply: (item) => {
      const values = changes.map(({ path, to }) => [path, to(item)] as const);
      // The removal of a list member moves the later ones, so removals come last, from the highest position down.
      const removals = values
        .filter(([, value]) => value === undefined)
        .sort(([a], [b]) => Number(b.at(-1)) - Number(a.at(-1)));
      const sets = values.filter(([, value]) => value !== undefined);
      return [...sets, ...removals].reduce((result, [path, value]) => put({ M: result }, path, value).M, item);
    },
  };
}

const CLAUSES: Readonly<Record<string, (reader: TokenReader, names: Names) => Change>> = {
  SET: (reader, names) => {
    const path = names.path(reader);
    reader.expect('=');
    const first = operand(reader, names);
    for (const [sign, factor] of [
      ['+', 1],
      ['-', -1],
    ] as const) {
      if (!reader.take(sign)) continue;
      const second = operand(reader, names);
      return { path, to: (item) => ({ N: add(numeric(first(item)), numeric(second(item)), factor) }) };
    }
    return { path, to: first };
  },
  REMOVE: (reader, names) => ({ path: names.path(reader), to: () => undefined }),
  ADD: (reader, names) => {
    const path = names.path(reader);
    const value = names.value(reader.next().text);
    return {
      path,
      to: (item) => {
        const old = at(item, path);
        if ('N' in value) return { N: add(old === undefined ? '0' : numeric(old), value.N) };
        return members(old, value, (was, given) => [...new Set([...was, ...given])]);
      },
    };
  },
  DELETE: (reader, names) => {
    const path = names.path(reader);
    const value = names.value(reader.next().text);
    return {
      path,
      to: (item) => members(at(item, path), value, (was, given) => was.filter((one) => !given.includes(one))),
    };
  },
};

function operand(reader: TokenReader, names: Names): Operand {
  if (reader.peek()?.kind === 'value') {
    const value = names.value(reader.next().text);
    return () => value;
  }
  if (!reader.isCall()) return existing(names.path(reader));
  const name = reader.next().text;
  reader.expect('(');
  if (name === 'if_not_exists') {
    const path = names.path(reader);
    reader.expect(',');
    const otherwise = operand(reader, names);
    reader.expect(')');
    return (item) => at(item, path) ?? otherwise(item);
  }
  if (name !== 'list_append') throw invalid(`Invalid UpdateExpression: Invalid function name; function: ${name}`);
  const first = operand(reader, names);
  reader.expect(',');
  const second = operand(reader, names);
  reader.expect(')');
  return (item) => ({ L: [...list(first(item)), ...list(second(item))] });
}

const existing =
  (path: Path): Operand =>
  (item) => {
    const value = at(item, path);
    if (value === undefined)
      throw invalid('The provided expression refers to an attribute that does not exist in the item');
    return value;
  };

function numeric(value: Attribute): string {
  if ('N' in value) return value.N;
  throw invalid(`An operand in the update expression has an incorrect data type`);
}

function list(value: Attribute): readonly Attribute[] {
  if ('L' in value) return value.L;
  throw invalid(`An operand in the update expression has an incorrect data type`);
}

type Members = (was: readonly string[], given: readonly string[]) => readonly string[];

function members(old: Attribute | undefined, value: Attribute, join: Members): Attribute | undefined {
  const type = typeOf(value);
  if (!/^[SNB]S$/.test(type) || (old !== undefined && typeOf(old) !== type)) {
    throw invalid('An operand in the update expression has an incorrect data type');
  }
  const joined = join(old === undefined ? [] : (plain(old) as string[]), plain(value) as string[]);
  return joined.length === 0 ? undefined : ({ [type]: joined } as unknown as Attribute);
}

/** The result of two changes to one path would be ambiguous. */
function requireApart(paths: readonly Path[]): void {
  for (const [index, path] of paths.entries()) {
    const overlaps = paths.slice(index + 1).some((other) => {
      const length = Math.min(path.length, other.length);
      return JSON.stringify(path.slice(0, length)) === JSON.stringify(other.slice(0, length));
    });
    if (overlaps) throw invalid('Invalid UpdateExpression: Two document paths overlap with each other');
  }
}

function put(parent: { readonly M: Item }, path: Path, value: Attribute | undefined): { readonly M: Item };
function put(parent: Attribute, path: Path, value: Attribute | undefined): Attribute;
function put(parent: Attribute, [step, ...rest]: Path, value: Attribute | undefined): Attribute {
  if (typeof step === 'number' && 'L' in parent) {
    const whole = [...parent.L];
    const child = inside(whole[step], rest, value);
    if (child === undefined) whole.splice(step, 1);
    else whole.splice(step, 1, child);
    return { L: whole };
  }
  if (typeof step !== 'string' || !('M' in parent))
    throw invalid('The document path provided in the update expression is invalid for update');
  const { [step]: old, ...others } = parent.M;
  const child = inside(old, rest, value);
  return { M: child === undefined ? others : { ...others, [step]: child } };
}

function inside(old: Attribute | undefined, rest: Path, value: Attribute | undefined): Attribute | undefined {
  if (rest.length === 0) return value;
  if (old === undefined) throw invalid('The document path provided in the update expression is invalid for update');
  return put(old, rest, value);
}
