import { isInForce, MONITORING_HEADER, type PerMember } from '../../../contract/monitoring';
import { addHeaders } from './add-headers';
import type { RequestMiddleware } from './request-env';

/** Tells members with each answer that auditors see the use of single members, and until when. Otherwise, there is no header. */
export function monitoringNotice(perMember: PerMember | undefined): RequestMiddleware {
  return async (c, next) => {
    await next();
    if (perMember === undefined || !isInForce(perMember, c.var.time)) return;
    addHeaders(c, { [MONITORING_HEADER]: `per-member; until=${perMember.until}` });
  };
}
