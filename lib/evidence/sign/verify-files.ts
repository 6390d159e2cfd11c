import type { KeyObject } from 'node:crypto';
import { isMap } from '../../guard/template/node';
import { sha256 } from '../core/sha256';
import { type Envelope, preAuthEncoding } from './dsse';
import { isSignedBy } from './keys';
import { PAYLOAD_TYPE, PREDICATE_TYPE, STATEMENT_TYPE, type Statement } from './statement';

/** A file that isn't as it was signed. */
export interface Difference {
  readonly kind: 'altered' | 'missing' | 'added';
  readonly name: string;
}

/** The result of a check of a report against its signature. */
export type Verification =
  /** Why the signature proves nothing. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The signature is valid; the files are as they were signed if there is no difference. */
  | { readonly kind: 'signed'; readonly files: number; readonly differences: readonly Difference[] };

/**
 * Checks the files of a report against its signature.
 *
 * @param signature the content of the signature's file
 * @param names everything next to it in the folder
 * @param read the bytes of a file; none if it isn't a file
 */
export function verifyFiles(
  signature: string,
  key: KeyObject,
  names: readonly string[],
  read: (name: string) => Buffer | undefined,
): Verification {
  const statement = signedStatement(signature, key);
  if (typeof statement === 'string') return { kind: 'refused', reason: statement };
  const signed = new Map(statement.subject.map(({ name, digest }) => [name, digest.sha256]));
  const differences = [
    ...[...signed].flatMap(([name, digest]): Difference[] => {
      if (!names.includes(name)) return [{ kind: 'missing', name }];
      const content = read(name);
      return content !== undefined && sha256(content) === digest ? [] : [{ kind: 'altered', name }];
    }),
    ...names.filter((name) => !signed.has(name)).map((name): Difference => ({ kind: 'added', name })),
  ];
  return { kind: 'signed', files: signed.size, differences };
}

/** The statement in a signature, or why it proves nothing. */
function signedStatement(text: string, key: KeyObject): Statement | string {
  const envelope = json(text);
  if (!isEnvelope(envelope)) return "the signature isn't one DSSE envelope";
  if (envelope.payloadType !== PAYLOAD_TYPE) return 'the envelope holds something else than an in-toto statement';
  const payload = Buffer.from(envelope.payload, 'base64');
  const message = preAuthEncoding(envelope.payloadType, payload);
  const isSigned = envelope.signatures.some(({ sig }) => isSignedBy(key, message, Buffer.from(sig, 'base64')));
  if (!isSigned) return "the key didn't make the signature, or the signature was altered";
  const statement = json(payload.toString());
  return isStatement(statement) ? statement : 'the statement is not one about the files of a report';
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isEnvelope = (value: unknown): value is Envelope =>
  isMap(value) &&
  typeof value.payloadType === 'string' &&
  typeof value.payload === 'string' &&
  Array.isArray(value.signatures) &&
  value.signatures.every((one: unknown) => isMap(one) && typeof one.sig === 'string');

const isStatement = (value: unknown): value is Statement =>
  isMap(value) &&
  value._type === STATEMENT_TYPE &&
  value.predicateType === PREDICATE_TYPE &&
  Array.isArray(value.subject) &&
  value.subject.every(
    (one: unknown) =>
      isMap(one) && typeof one.name === 'string' && isMap(one.digest) && typeof one.digest.sha256 === 'string',
  );
