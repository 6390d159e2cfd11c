import { nearest } from '../../boundary/nearest';
import { UsageError } from './usage-error';

/** The value of an option that has a closed set of them. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const match = allowed.find((candidate) => candidate === value);
  if (match !== undefined) return match;
  const guess = nearest(value, allowed);
  const hint = guess === undefined ? '' : `; did you mean '${guess}'?`;
  throw new UsageError(`${option}: found '${value}'; allowed: ${allowed.join(', ')}${hint}`);
}
