import type { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import { type EgressPrelude, PRELUDE_END } from '../../contract/egress';
import { counter } from '../http/answer-body';
import { Deadline } from '../http/deadline';
import { callProvider } from './call-provider';
import type { Connect } from './connect';
import { decideAgain, type Target } from './decide-again';
import { type EgressLine, writeEgressLine } from './egress-line';
import type { AdmittedEgress } from './policy';
import { NoKey, type ProviderKeys } from './provider-keys';
import { type ReadBody, readBody } from './read-body';
import { readRequest } from './read-request';
import { Refusal } from './refusal';
import { tenantOf } from './tenant';

export interface EgressOptions {
  readonly policy: AdmittedEgress;
  readonly keys: ProviderKeys;
  readonly connect: Connect;
  /** @default - standard output */
  readonly log?: (line: EgressLine) => void;
  /**
   * How long a stream may take to begin.
   *
   * @default 60 000
   */
  readonly firstByteTimeoutMs?: number;
  /**
   * How long a whole answer may take to begin.
   *
   * @default 240 000
   */
  readonly attemptTimeoutMs?: number;
  /**
   * How long an answer may be silent after its beginning.
   *
   * @default 120 000
   */
  readonly idleTimeoutMs?: number;
}

/** What Lambda says of an invocation. */
interface Invocation {
  readonly invokedFunctionArn: string;
}

/** Answers an invocation by a stream: a prelude, then the body of the provider's answer if its status is 200. */
export type Egress = (event: unknown, out: Writable, invocation: Invocation) => Promise<void>;

/** What is known of a request while it is served. */
type Known = { -readonly [Name in keyof EgressLine]?: EgressLine[Name] };

/** The forms of a provider's request ID and of Node's codes, such as `ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE`. A text of another form could be content. */
const [REQUEST_ID, CODE] = [/^[\w-]{1,64}$/, /^[A-Z][A-Z0-9_/]{1,63}$/];

/** Why a provider's key is missing, for the operator. */
const KEY_DETAILS = {
  'no-key':
    "the provider's secret holds no key that can be used, or the function's role can't read it; put the key into it",
  'key-unreadable': "Secrets Manager didn't disclose the provider's secret in time",
} as const;

/**
 * Sends requests of gateways to providers. It refuses all that its own policy and facts don't allow, before it contacts anything, and follows no
 * redirect. Nothing of a request or an answer is logged, and no text of an answer with another status than 200 is passed on: it can quote the
 * request, and the provider's key.
 */
export function createEgress(options: EgressOptions): Egress {
  const { log = writeEgressLine } = options;
  return async (event, out, invocation) => {
    const start = Date.now();
    const known: Known = {};
    const leaving = new AbortController();
    // The gateway has gone, so nothing reads the answer.
    out.once('close', () => leaving.abort());
    out.on('error', () => leaving.abort());
    const deadline = new Deadline(leaving.signal);
    try {
      await serve(options, event, out, invocation, deadline, known);
    } finally {
      deadline.over();
      log({ event: 'egress', ...known, status: known.status ?? 0, bytes: known.bytes ?? 0, ms: Date.now() - start });
    }
  };
}

async function serve(
  options: EgressOptions,
  event: unknown,
  out: Writable,
  { invokedFunctionArn }: Invocation,
  deadline: Deadline,
  known: Known,
): Promise<void> {
  const { idleTimeoutMs = 120_000 } = options;
  let answer: IncomingMessage;
  try {
    const tenant = tenantOf(invokedFunctionArn);
    known.tenant = tenant;
    const request = readRequest(event);
    const target = decideAgain(options.policy, request, tenant);
    Object.assign(known, { provider: request.provider, model: request.model, host: target.host });
    const body = readBody(request, target.provider.service, tenant);
    answer = await answerOf(options, target, `${target.basePath}${request.path}`, body, deadline, known);
  } catch (error) {
    known.failure = failureOf(deadline.reason(error));
    if (error instanceof Refusal) known.detail = error.message;
    if (error instanceof NoKey) known.detail = KEY_DETAILS[error.failure];
    return end(out, { status: 0, failure: known.failure });
  }
  const { statusCode: status = 0, headers } = answer;
  const id = headers['x-request-id'];
  known.status = status;
  if (typeof id === 'string' && REQUEST_ID.test(id)) known.requestId = id;
  const prelude: EgressPrelude = { status, ...(known.requestId && { requestId: known.requestId }) };
  if (status !== 200) {
    answer.destroy();
    return end(out, prelude);
  }
  out.write(bytesOf(prelude));
  try {
    await passOn(answer, out, deadline, idleTimeoutMs, known);
    deadline.read();
  } catch (error) {
    known.failure = failureOf(deadline.reason(error));
    // The invocation fails, so that the gateway doesn't take what has arrived for the whole answer.
    throw new Error(`the answer of a provider broke off (${known.failure})`);
  }
}

/** The provider's answer. A key that it refuses is read again, because its owner may have replaced it since. */
async function answerOf(
  { keys, connect, firstByteTimeoutMs = 60_000, attemptTimeoutMs = 240_000 }: EgressOptions,
  { provider: { secret }, host, keyHeader }: Target,
  path: string,
  { text, streams }: ReadBody,
  deadline: Deadline,
  known: Known,
): Promise<IncomingMessage> {
  const { signal } = deadline;
  const send = async (key: string) => {
    deadline.within(streams ? firstByteTimeoutMs : attemptTimeoutMs);
    const connection = await connect(host, signal);
    known.address = connection.address;
    const value = keyHeader === 'authorization' ? `Bearer ${key}` : key;
    return callProvider({ connection, host, path, keyHeader: [keyHeader, value], body: text, signal });
  };
  const { value, version } = await keys.of(secret);
  const answer = await send(value);
  if (answer.statusCode !== 401) return answer;
  const next = await keys.of(secret, version).catch(() => undefined);
  if (next === undefined || next.version === version) return answer;
  answer.destroy();
  return send(next.value);
}

/**
 * Writes the pieces of a body. The clock stands still while the gateway doesn't read. If the body breaks off, the stream stays open: Lambda
 * writes into it that the invocation has failed.
 */
async function passOn(
  body: IncomingMessage,
  out: Writable,
  deadline: Deadline,
  idleMs: number,
  known: Known,
): Promise<void> {
  const count = counter();
  deadline.within(idleMs);
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    count(piece);
    deadline.pause();
    known.bytes = (known.bytes ?? 0) + piece.length;
    if (!out.write(piece)) await drained(out);
    deadline.within(idleMs);
  }
  await new Promise<void>((resolve) => out.once('close', resolve).end(resolve));
}

/** Waits until a stream takes more, or no longer exists: then the deadline ends the call. */
const drained = (out: Writable): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      out.off('drain', over).off('close', over);
      resolve();
    };
    if (out.destroyed) resolve();
    else out.on('drain', over).on('close', over);
  });

const bytesOf = (prelude: EgressPrelude): Uint8Array =>
  Buffer.concat([Buffer.from(JSON.stringify(prelude)), PRELUDE_END]);

const end = (out: Writable, prelude: EgressPrelude): Promise<void> =>
  new Promise((resolve) => {
    out.once('close', resolve).end(bytesOf(prelude), () => resolve());
  });

function failureOf(error: unknown): string {
  if (error instanceof Refusal) return 'refused';
  if (error instanceof NoKey) return error.failure;
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError') return 'ETIMEDOUT';
  if (name === 'ClientGone') return 'ECANCELED';
  return typeof code === 'string' && CODE.test(code) ? code : 'EFAULT';
}
