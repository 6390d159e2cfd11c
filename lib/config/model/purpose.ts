import { NOT_YET, type NotYet } from './not-yet';

/** What a file is read for, and so what of it is refused. */
export interface Purpose {
  /** The keys to refuse because nothing keeps their promise yet. */
  readonly notYet: readonly NotYet[];
  /** Keys that a deployment needs, and this doesn't. */
  readonly unneeded: readonly string[];
}

/** To be deployed. */
export const DEPLOYED: Purpose = { notYet: NOT_YET, unneeded: [] };

/** To be served on this machine, where nothing raises an alarm. */
export const SERVED: Purpose = { notYet: NOT_YET.filter(({ served }) => served !== true), unneeded: ['alerts'] };
