import { NOT_YET, type NotYet } from './not-yet';

/** The purpose of reading a file, which determines the keys that are refused. */
export interface Purpose {
  /** The keys to refuse because nothing implements them yet. */
  readonly notYet: readonly NotYet[];
  /** Keys that a deployment needs, but this purpose doesn't. */
  readonly unneeded: readonly string[];
}

/** Deployment. */
export const DEPLOYED: Purpose = { notYet: NOT_YET, unneeded: [] };

/** `serve` on this machine, where nothing raises an alarm, and which reaches hosts itself. */
export const SERVED: Purpose = {
  notYet: NOT_YET.filter(({ served }) => served !== true),
  unneeded: ['alerts', 'egress'],
};
