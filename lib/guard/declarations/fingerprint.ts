import { createHash } from 'node:crypto';
import type { Finding } from '../finding';

/** What makes a finding the same one tomorrow, after lines, files and hashes have moved. */
export interface Fingerprint {
  readonly rule: string;
  /** Path of the stack, or of the template's file. */
  readonly stack: string;
  /** Logical id without the hash that CDK appends. */
  readonly id?: string;
  readonly type?: string;
  /** JSON pointer with `*` for every position in a list. */
  readonly path?: string;
  readonly value?: string;
  /** Hash of what the template says there, where `value` doesn't say all of it: another text is another finding. */
  readonly hash?: string;
}

/** What identifies a finding; it holds no line, no order and no hash of CDK. */
export function fingerprintOf({ rule, stack, logicalId, type, path, value, written }: Finding): Fingerprint {
  const id = logicalId && withoutHash(logicalId);
  const pointer = path
    ?.split('/')
    .map((step) => (/^\d+$/.test(step) ? '*' : withoutHash(step)))
    .join('/');
  return {
    rule,
    stack: stack.split('/').map(withoutHash).join('/'),
    ...(id && { id }),
    ...(type && { type }),
    ...(pointer && { path: pointer }),
    ...(value !== undefined && { value: value.replace(ASSET, '#') }),
    ...(written !== undefined && { hash: hashOf(written) }),
  };
}

/** A fingerprint as one text, to compare by. */
export const keyOf = ({ rule, stack, id, type, path, value, hash }: Fingerprint): string =>
  JSON.stringify([rule, stack, id ?? '', type ?? '', path ?? '', value ?? '', hash ?? '']);

/** CDK ends a logical id with 8 digits of a hash of the path, and a Lambda version or deployment with a hash of its content. */
const HASH = /(?<=.)[0-9A-F]{8}(?:[0-9a-f]{32})?$/;
const ASSET = /\b[0-9a-f]{32,64}\b/g;

const withoutHash = (id: string) => id.replace(HASH, '');

const hashOf = (written: string) =>
  createHash('sha256')
    .update(written.replace(ASSET, '#').replace(/(?<=\w)[0-9A-F]{8}(?:[0-9a-f]{32})?(?=\W)/g, '#'))
    .digest('hex')
    .slice(0, 16);
