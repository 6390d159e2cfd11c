/** The state of a check; a closed set. */
export type DoctorState =
  | 'ok'
  /** Not as the deployment needs it: something has to be done first. */
  | 'missing'
  /** As the deployment needs it today, but something has to be done before long. */
  | 'soon'
  /** It couldn't be read. */
  | 'not-visible';

/** The result of one check before a first deployment. */
export interface DoctorLine {
  /** The check, such as `CDK bootstrap`. */
  readonly check: string;
  readonly state: DoctorState;
  /** The Region; none if the check is about the account or this machine. */
  readonly region?: string;
  /** What was found. */
  readonly found: string;
  /** What to do; always present unless the state is `ok`. */
  readonly fix?: string;
}

/** The lines of a check for one Region, or for none. */
export type LineOf = (region?: string) => Lines;

/** Makes a line of one check, by its state. */
export interface Lines {
  ok(found: string): DoctorLine;
  missing(found: string, fix: string): DoctorLine;
  soon(found: string, fix: string): DoctorLine;
  notVisible(found: string, fix: string): DoctorLine;
}

/** Makes the lines of a check. */
export const linesOf =
  (check: string): LineOf =>
  (region) => ({
    ok: (found) => ({ check, state: 'ok', region, found }),
    missing: (found, fix) => ({ check, state: 'missing', region, found, fix }),
    soon: (found, fix) => ({ check, state: 'soon', region, found, fix }),
    notVisible: (found, fix) => ({ check, state: 'not-visible', region, found, fix }),
  });
