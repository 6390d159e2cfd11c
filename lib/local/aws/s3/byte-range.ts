import { LocalFault } from '../shared/fault';

/** The bytes that a Range header requests, both ends included; undefined for all bytes. */
export function byteRange(header: string | undefined, size: number): { begin: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  const begin = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (begin < size && begin <= end) return { begin, end };
  throw new LocalFault('InvalidRange', 'The requested range is not satisfiable', 416);
}
