import { invalid, LocalFault } from '../shared/fault';

/** An attribute's value in DynamoDB's JSON: one member, named by the type. */
export type Attribute =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly M: Item }
  | { readonly L: readonly Attribute[] }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };

/** An item, by the names of its attributes. */
export type Item = Readonly<Record<string, Attribute>>;

export type TypeName = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L' | 'SS' | 'NS' | 'BS';

const TYPES: readonly string[] = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'];

/** DynamoDB's maximum size of an item, in bytes of names and values. */
export const MOST_ITEM_BYTES = 400 * 1024;

export const typeOf = (value: Attribute): TypeName => Object.keys(value)[0] as TypeName;

/** The value without its type. */
export const plain = (value: Attribute): unknown => Object.values(value)[0];

/**
 * A value as it may be stored.
 *
 * @throws LocalFault with DynamoDB's refusal
 */
export function admit(value: unknown): Attribute {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const [[type, content] = ['', undefined]] = entries;
  if (entries.length !== 1 || !TYPES.includes(type)) {
    throw invalid(
      'Supplied AttributeValue is empty or has more than one type, must contain exactly one of the supported datatypes',
    );
  }
  if (type === 'N') return { N: number(content) };
  if (type === 'M') return { M: admitItem(content) };
  if (type === 'L') return { L: (content as unknown[]).map(admit) };
  if (type.endsWith('S') && type.length === 2) return admitSet(type as 'SS' | 'NS' | 'BS', content);
  const expected = { S: 'string', B: 'string', BOOL: 'boolean', NULL: 'boolean' }[type];
  if (typeof content !== expected) throw invalid(`The value of type ${type} must be a ${expected}`);
  return value as Attribute;
}

export function admitItem(value: unknown): Item {
  if (typeof value !== 'object' || value === null) throw invalid('An item must be a map of attributes');
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, admit(content)]));
}

function admitSet(type: 'SS' | 'NS' | 'BS', content: unknown): Attribute {
  const members = (content as string[]).map((member) => (type === 'NS' ? number(member) : member));
  if (members.length === 0) throw invalid('One or more parameter values were invalid: An string set  may not be empty');
  if (new Set(members).size !== members.length) {
    throw invalid('One or more parameter values were invalid: Input collection contains duplicates.');
  }
  return { [type]: members } as unknown as Attribute;
}

/** DynamoDB's numbers have 38 digits. Integers are stored exactly, other numbers as far as a double is exact. */
function number(content: unknown): string {
  if (typeof content !== 'string' || content.trim() === '' || !Number.isFinite(Number(content))) {
    throw invalid(`The parameter cannot be converted to a numeric value: ${String(content)}`);
  }
  if (/^[+-]?\d+$/.test(content)) {
    const whole = BigInt(content).toString();
    if (whole.replace('-', '').length > 38)
      throw invalid('Attempting to store more than 38 significant digits in a Number');
    return whole;
  }
  if (content.replace(/[^\d]/g, '').length > 15) {
    throw new LocalFault('UnsupportedByLocalStore', `fractions are stored exactly up to 15 digits, got ${content}`);
  }
  return String(Number(content));
}

/** The sum of two numbers. */
export function add(a: string, b: string, sign: 1 | -1 = 1): string {
  const isWhole = [a, b].every((text) => /^-?\d+$/.test(text));
  return isWhole ? (BigInt(a) + BigInt(sign) * BigInt(b)).toString() : number(String(Number(a) + sign * Number(b)));
}

/** -1, 0 or 1 for below, equal or above; undefined if values of these types have no order. */
export function compare(a: Attribute, b: Attribute): number | undefined {
  const type = typeOf(a);
  if (type !== typeOf(b)) return undefined;
  const [x, y] = [plain(a) as string, plain(b) as string];
  if (type === 'N') {
    if ([x, y].every((text) => /^-?\d+$/.test(text)))
      return Number(BigInt(x) > BigInt(y)) - Number(BigInt(x) < BigInt(y));
    return Math.sign(Number(x) - Number(y));
  }
  if (type === 'S') return Buffer.compare(Buffer.from(x, 'utf8'), Buffer.from(y, 'utf8'));
  if (type === 'B') return Buffer.compare(Buffer.from(x, 'base64'), Buffer.from(y, 'base64'));
  return undefined;
}

export function equal(a: Attribute, b: Attribute): boolean {
  return typeOf(a) === typeOf(b) && canonical(a) === canonical(b);
}

/** One text for equal values: members of sets and names of maps have no order. */
function canonical(value: Attribute): string {
  if ('M' in value) {
    const names = Object.keys(value.M).sort();
    return JSON.stringify(names.map((name) => [name, canonical(value.M[name] as Attribute)]));
  }
  if ('L' in value) return JSON.stringify(value.L.map(canonical));
  const content = plain(value);
  return JSON.stringify([typeOf(value), Array.isArray(content) ? [...content].sort() : content]);
}

/** The size of an item by DynamoDB's count, in bytes. */
export function sizeOfItem(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0);
}

export function sizeOf(value: Attribute): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('B' in value) return bytes(value.B);
  if ('N' in value) return Math.ceil(value.N.replace(/[^\d]/g, '').length / 2) + 1;
  if ('M' in value) return 3 + Object.keys(value.M).length + sizeOfItem(value.M);
  if ('L' in value) return 3 + value.L.reduce((sum, member) => sum + 1 + sizeOf(member), 0);
  const content = plain(value);
  if (!Array.isArray(content)) return 1;
  const kind = typeOf(value)[0] as 'S' | 'N' | 'B';
  return content.reduce((sum: number, member: string) => sum + sizeOf({ [kind]: member } as unknown as Attribute), 0);
}

const bytes = (base64: string) => Buffer.byteLength(base64, 'base64');
