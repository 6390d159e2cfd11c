import type { RequestLog } from './request-log';

/** A member's request, whose record names no member. */
export interface LinkedRequest {
  /** The ID of the record. */
  readonly id: string;
  readonly time: Date;
  readonly member: string;
  readonly reason?: RequestLog['reason'];
  readonly isAdmitted?: RequestLog['isAdmitted'];
}
