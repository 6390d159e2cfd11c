import { type EgressPrelude, PRELUDE_END } from '../../../contract/egress';
import type { Answer } from '../openai/transport';
import { EgressFailure } from './egress-failure';

/** More than any prelude. */
const MOST_PRELUDE = 4_096;

/** The form of the codes of Node's errors; those of TLS alerts have a slash. */
const CODE = /^[A-Z][A-Z0-9_/]{1,63}$/;

/**
 * A provider's answer, from the bytes that the egress function wrote.
 *
 * @throws EgressFailure if no provider answered; or the error with which the function couldn't reach the provider
 */
export async function readAnswer(payloads: AsyncGenerator<Uint8Array>): Promise<Answer> {
  let head: Buffer = Buffer.alloc(0);
  let end = -1;
  while (end === -1) {
    const { value, done } = await payloads.next();
    if (done || head.length > MOST_PRELUDE) throw new EgressFailure('EgressBroken');
    head = Buffer.concat([head, value]);
    end = head.indexOf(PRELUDE_END);
  }
  const { status, requestId, failure } = preludeOf(head.toString('utf8', 0, end));
  const first = head.subarray(end + PRELUDE_END.length);
  if (failure === undefined && status > 0) return { status, body: after(first, payloads), requestId };
  await payloads.return(undefined);
  throw failureOf(failure);
}

function preludeOf(text: string): EgressPrelude {
  let value: Partial<Record<keyof EgressPrelude, unknown>>;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EgressFailure('EgressBroken');
  }
  const { status, requestId, failure } = value;
  if (!Number.isInteger(status)) throw new EgressFailure('EgressBroken');
  return {
    status: status as number,
    ...(typeof requestId === 'string' && { requestId }),
    ...(typeof failure === 'string' && { failure }),
  };
}

function failureOf(failure: string | undefined): Error {
  if (failure === 'refused' || failure === 'no-key') return new EgressFailure('EgressRefused');
  if (failure === 'key-unreadable') return new EgressFailure('EgressFailed');
  if (failure === undefined) return new EgressFailure('EgressBroken');
  // Its name tells that nothing answered, even if nothing is known of the code.
  return Object.assign(new EgressFailure('EgressUnreached'), CODE.test(failure) && { code: failure });
}

async function* after(first: Uint8Array, others: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* others;
}
