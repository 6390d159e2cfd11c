/**
 * The names that a record may contain, besides error codes. Each API adds its own names by declaration merging, in its own files. So
 * each set is closed and checked, and this module names no API.
 */
export interface Routes {
  /** A path that no API has, or a request that was refused before its route was known. */
  other: true;
}

/** What an administrator or an auditor can do through an API, such as `member.add`. */
export interface Acts extends Record<never, true> {}

/** Reasons for a refusal that are more specific than its error code. */
export interface Reasons extends Record<never, true> {}

/** Ways in which a destination fails. */
export interface AttemptFailures extends Record<never, true> {}

export type Route = keyof Routes;
export type Act = keyof Acts;
export type Reason = keyof Reasons;
export type AttemptFailure = keyof AttemptFailures;
