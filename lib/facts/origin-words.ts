import type { FactOrigin } from './layers';

/** Whose word an admitted row is, in the words of every output; none for a row of the package or of a facts release. */
export function admittedBy(origin: FactOrigin | undefined): string | undefined {
  if (origin?.kind !== 'admitted') return undefined;
  const { approvedBy, requestedBy, reason, expires } = origin;
  return `admitted by ${approvedBy} for ${requestedBy} until ${expires}: ${reason}`;
}
