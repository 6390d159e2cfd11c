import { RESIDENCY_EVENT, UNAUTHENTICATED } from '../../contract/metrics';

const FIELD = `"tenant":"${UNAUTHENTICATED}"`;

/** Whether a line is the record of a request without a valid key or token. It called no model. */
export function isUnauthenticated(message: string): boolean {
  if (!message.includes(FIELD)) return false;
  try {
    const { event, tenant, attempts } = JSON.parse(message);
    return event === RESIDENCY_EVENT && tenant === UNAUTHENTICATED && attempts === undefined;
  } catch {
    return false;
  }
}
