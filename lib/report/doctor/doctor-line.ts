/** Whether something is as a deployment needs it; a closed set. */
export type DoctorState =
  | 'ok'
  /** It isn't, and something is to be done before the deployment. */
  | 'missing'
  /** It couldn't be seen. */
  | 'not-visible';

/** One thing that was looked at, before a first deployment. */
export interface DoctorLine {
  /** What was looked at, such as `CDK bootstrap`. */
  readonly check: string;
  readonly state: DoctorState;
  /** The Region; none where it is about the account or this machine. */
  readonly region?: string;
  /** What was found. */
  readonly found: string;
  /** What to do; always there unless the state is `ok`. */
  readonly fix?: string;
}

/** What a check says of one Region, or of none. */
export type LineOf = (region?: string) => Lines;

/** The lines of one check, each in one word. */
export interface Lines {
  ok(found: string): DoctorLine;
  missing(found: string, fix: string): DoctorLine;
  notVisible(found: string, fix: string): DoctorLine;
}

/** Makes the lines of a check. */
export const linesOf =
  (check: string): LineOf =>
  (region) => ({
    ok: (found) => ({ check, state: 'ok', region, found }),
    missing: (found, fix) => ({ check, state: 'missing', region, found, fix }),
    notVisible: (found, fix) => ({ check, state: 'not-visible', region, found, fix }),
  });
