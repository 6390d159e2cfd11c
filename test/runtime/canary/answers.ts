import { mark, marksIn } from './marks';
import type { CanaryRequest } from './requests';

/** The answer that a client receives. */
export interface ClientAnswer {
  readonly status: number;
  readonly headers: unknown;
  readonly body: string;
}

/**
 * Content that an answer discloses. No header and no error may contain content. A provider's error text must not reach the client,
 * and a streamed answer that fails has no error status.
 */
export function disclosures({ name }: CanaryRequest, { status, headers, body }: ClientAnswer): string[] {
  const found = [
    ...marksIn(JSON.stringify(headers ?? {})).map((one) => `headers: ${one}`),
    ...marksIn(body).filter((one) => status >= 400 || one.includes(mark('echo'))),
  ];
  return found.map((one) => `${name}, ${status}: ${one}`);
}
