import type { PerimeterStatement } from './document';

/** The parts of a denial. */
export interface Denial extends Omit<PerimeterStatement, 'Sid' | 'Effect'> {}

/** A statement that denies, on every resource unless it names some. */
export const deny = (Sid: string, { Resource, NotResource, ...denial }: Denial): PerimeterStatement => ({
  Sid,
  Effect: 'Deny',
  ...denial,
  ...(NotResource === undefined ? { Resource: Resource ?? ['*'] } : { NotResource }),
});

/** A group of statements with one purpose, whose documents follow from the sizes that AWS accepts. */
export interface Topic {
  /** What its statements refuse, as the object of "Denies": `requests to Regions outside the boundary`. */
  readonly refuses: string;
  readonly statements: readonly PerimeterStatement[];
}
