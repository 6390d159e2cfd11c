import { createHash } from 'node:crypto';
import type { Finding } from '../finding';

/** The identity of a finding, which survives changes of lines, files and hashes. */
export interface Fingerprint {
  readonly rule: string;
  /** Path of the stack or the template's file. */
  readonly stack: string;
  /** Logical id without the hash that CDK appends. */
  readonly id?: string;
  readonly type?: string;
  /** JSON pointer with `*` for every position in a list. */
  readonly path?: string;
  readonly value?: string;
  /** Hash of the template's content there, if `value` doesn't contain all of it: different content is a different finding. */
  readonly hash?: string;
}

/** A finding's fingerprint, without line, order or CDK hash. */
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

/** A fingerprint as one string, for comparison. */
export const keyOf = ({ rule, stack, id, type, path, value, hash }: Fingerprint): string =>
  JSON.stringify([rule, stack, id ?? '', type ?? '', path ?? '', value ?? '', hash ?? '']);

/** CDK appends 8 digits of the path's hash to a logical id, and a hash of the content to a Lambda version or deployment. */
const HASH = /(?<=.)[0-9A-F]{8}(?:[0-9a-f]{32})?$/;
const ASSET = /\b[0-9a-f]{32,64}\b/g;

const withoutHash = (id: string) => id.replace(HASH, '');

const hashOf = (written: string) =>
  createHash('sha256')
    .update(written.replace(ASSET, '#').replace(/(?<=\w)[0-9A-F]{8}(?:[0-9a-f]{32})?(?=\W)/g, '#'))
    .digest('hex')
    .slice(0, 16);
