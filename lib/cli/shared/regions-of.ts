import { findRegion } from '../../facts/region';
import { UsageError } from './usage-error';

/** The Regions that `--region` names, also several with commas between them. */
export const regionsOf = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => text.split(',')).map(regionOf);

function regionOf(code: string): string {
  if (findRegion(code) !== undefined) return code;
  throw new UsageError(`--region: found '${code}', which isn't a known Region; allowed: a code such as eu-central-1`);
}
