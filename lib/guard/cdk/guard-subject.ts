import { ResidencyBoundary } from '../../boundary/boundary';
import { type Declarations, joined } from '../declarations/declarations';
import type { ResidencyGuardProps } from './residency-guard-props';

/** The boundary, with the facts that it decides by, and the declarations that a guard was given. */
export function guardSubject({ boundary, declarations, config }: ResidencyGuardProps): {
  readonly boundary: ResidencyBoundary;
  readonly declarations?: Declarations;
} {
  if (config === undefined) {
    return { boundary: boundary ?? ResidencyBoundary.eu(), declarations: declarations?._data };
  }
  if (boundary !== undefined) {
    throw new Error(
      `'boundary' (${boundary.name}) and 'config' ('${config}') both name a boundary, so one of them would be ignored; remove 'boundary'`,
    );
  }
  // The loader is slow to start, and most guards read no configuration.
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const loaded = loadConfig(config);
  const own = declarations === undefined ? [] : [declarations._data];
  return { boundary: loaded.boundary, declarations: joined([loaded.declarations, ...own]) };
}
