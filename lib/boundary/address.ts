/** A range of IP addresses, such as `10.0.0.0/16` or `fd00::/8`. */
export interface AddressRange {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly prefix: number;
}

/** Ranges that internet routers don't route: RFC 1918, and IPv6 unique local addresses. */
export const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

/** The local machine. */
export const LOOPBACK_RANGES = ['127.0.0.0/8', '::1/128'];

/** The range in a text; none if the text isn't a range, or its address has bits beyond the prefix. */
export function parseRange(text: string): AddressRange | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = Number(length);
  if (prefix > parsed.bits || parsed.value % 2n ** BigInt(parsed.bits - prefix) !== 0n) return undefined;
  return { bits: parsed.bits, first: parsed.value, prefix };
}

/** Whether an address is in one of some ranges; false for a text that isn't an address. */
export function isWithin(address: string, ranges: readonly string[]): boolean {
  const parsed = parseAddress(address);
  return (
    parsed !== undefined && ranges.some((text) => contains(parseRange(text), parsed.bits, parsed.value, parsed.bits))
  );
}

/** Whether a whole range is within one of some other ranges. */
export function isRangeWithin(range: string, ranges: readonly string[]): boolean {
  const parsed = parseRange(range);
  return (
    parsed !== undefined && ranges.some((text) => contains(parseRange(text), parsed.bits, parsed.first, parsed.prefix))
  );
}

/** Whether a text is an address rather than a name. */
export const isAddress = (text: string): boolean => parseAddress(text) !== undefined;

function contains(range: AddressRange | undefined, bits: number, value: bigint, prefix: number): boolean {
  if (range === undefined || range.bits !== bits || range.prefix > prefix) return false;
  const size = 2n ** BigInt(range.bits - range.prefix);
  return value >= range.first && value < range.first + size;
}

function parseAddress(text: string): { bits: 32 | 128; value: bigint } | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.');
    // Some parsers read a leading zero as octal, others as decimal.
    if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) return undefined;
    return { bits: 32, value: joined(parts.map(BigInt), 8n) };
  }
  if (!/^[0-9a-f:]{2,39}$/i.test(text)) return undefined;
  const halves = text.split('::');
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const count = groups.flat().length;
  if (halves.length > 2 || (halves.length === 2 ? count > 7 : count !== 8)) return undefined;
  if (!groups.flat().every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const [head = [], tail = []] = groups;
  const middle = new Array<string>(8 - count).fill('0');
  return {
    bits: 128,
    value: joined(
      [...head, ...middle, ...tail].map((group) => BigInt(`0x${group}`)),
      16n,
    ),
  };
}

const joined = (parts: readonly bigint[], width: bigint) => parts.reduce((sum, part) => (sum << width) + part, 0n);
