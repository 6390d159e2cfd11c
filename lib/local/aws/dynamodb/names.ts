import { invalid, unsupported } from '../shared/fault';
import { type Attribute, admit, type Item } from './attribute';
import type { TokenReader } from './tokens';

/** A path into an item: attribute names and list positions. */
export type Path = readonly (string | number)[];

/** The meanings of the aliases in a request's expressions. An unused alias is an error, as in DynamoDB. */
export class Names {
  private readonly names: Readonly<Record<string, string>>;
  private readonly values: Readonly<Record<string, Attribute>>;
  private readonly unused: Set<string>;

  constructor(input: { readonly ExpressionAttributeNames?: unknown; readonly ExpressionAttributeValues?: unknown }) {
    this.names = (input.ExpressionAttributeNames ?? {}) as Record<string, string>;
    const values = Object.entries(input.ExpressionAttributeValues ?? {});
    this.values = Object.fromEntries(values.map(([name, value]) => [name, admit(value)]));
    this.unused = new Set([...Object.keys(this.names), ...Object.keys(this.values)]);
  }

  public value(alias: string): Attribute {
    this.unused.delete(alias);
    const value = this.values[alias];
    if (value === undefined) {
      throw invalid(`An expression attribute value used in expression is not defined; attribute value: ${alias}`);
    }
    return value;
  }

  public path(reader: TokenReader): Path {
    const path: (string | number)[] = [this.name(reader)];
    for (;;) {
      const token = reader.peek();
      if (token?.kind === 'index') path.push(Number(reader.next().text.slice(1, -1)));
      else if (reader.take('.')) path.push(this.name(reader));
      else return path;
    }
  }

  private name(reader: TokenReader): string {
    const { kind, text } = reader.next();
    if (kind === 'alias') {
      this.unused.delete(text);
      const name = this.names[text];
      if (name !== undefined) return name;
      throw invalid(`An expression attribute name used in the document path is not defined; attribute name: ${text}`);
    }
    if (kind !== 'name') reader.fail();
    // DynamoDB reserves 573 words. Bare names are refused here, so that every expression that passes here passes there.
    if (BARE.includes(text)) return text;
    throw unsupported(`bare name '${text}' in an expression, which DynamoDB may reserve: write '#${text}'`);
  }

  public requireUsed(): void {
    const [unused] = this.unused;
    if (unused === undefined) return;
    const kind = unused.startsWith('#') ? 'ExpressionAttributeNames' : 'ExpressionAttributeValues';
    throw invalid(`Value provided in ${kind} unused in expressions: keys: {${unused}}`);
  }
}

const BARE = ['pk', 'sk'];

/** The value at a path. */
export function at(item: Item, path: Path): Attribute | undefined {
  let value: Attribute | undefined = { M: item };
  for (const step of path) value = value && member(value, step);
  return value;
}

function member(value: Attribute, step: string | number): Attribute | undefined {
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined;
  return 'M' in value && Object.hasOwn(value.M, step) ? value.M[step] : undefined;
}
