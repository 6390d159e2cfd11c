import { ResidencyBoundary } from '../../boundary/boundary';
import { UsageError } from './usage-error';

/** The boundary that `--boundary` names. */
export function boundaryOf(text: string): ResidencyBoundary {
  try {
    return ResidencyBoundary.parse(text);
  } catch (error) {
    throw new UsageError(`--boundary: ${(error as Error).message}; or use 'eu' or 'eea'`);
  }
}
