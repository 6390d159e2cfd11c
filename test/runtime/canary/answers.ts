import type { Asked } from './asked';
import { mark, marksIn } from './marks';

/** What a client was answered. */
export interface Answered {
  readonly status: number;
  readonly headers: unknown;
  readonly body: string;
}

/**
 * What an answer gives away: no header holds content, nor does an error; what a provider says of a failure reaches nobody, and
 * a streamed answer that fails isn't an error by its status.
 */
export function givenAway({ name }: Asked, { status, headers, body }: Answered): string[] {
  const found = [
    ...marksIn(JSON.stringify(headers ?? {})).map((one) => `headers: ${one}`),
    ...marksIn(body).filter((one) => status >= 400 || one.includes(mark('echo'))),
  ];
  return found.map((one) => `${name}, ${status}: ${one}`);
}
