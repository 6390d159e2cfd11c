import type { ResidencyBoundary } from '../boundary/boundary';
import { factsOf } from '../boundary/facts-of';
import { admittedLayers } from './admitted-layers';
import { checkAdmitted } from './checks/admitted';
import { loadAdmitted } from './load-admitted';
import { withRelease } from './release/pinned-keys';

/** Where the files with facts lie, and the value of the configuration next to them, whose keys may be invalid. */
export interface FactsFolder {
  readonly folder: string;
  readonly raw: unknown;
}

/**
 * The same boundary, deciding by the facts of a configuration's folder: those of the package, above them those of a facts release, and
 * above both the rows of `residency-admitted.yaml`.
 *
 * @param clock the time by which a row has expired or a model has ended; by default the machine's
 * @throws ConfigError with every mistake of a file
 */
export function withFactsIn(at: FactsFolder, boundary: ResidencyBoundary, clock?: () => Date): ResidencyBoundary {
  const below = withReleaseIn(at, boundary, clock);
  const { rows, refuse } = loadAdmitted(at.folder);
  if (rows.length === 0) return below;
  const facts = factsOf(below);
  refuse(checkAdmitted(rows, below, facts, clock?.() ?? new Date()));
  return below._withFacts(facts.with(...admittedLayers(rows, facts)));
}

/**
 * The same without admitted rows, which are checked against these facts: a row can't confirm itself.
 *
 * @throws ConfigError if the folder has files of a release that can't be trusted
 */
export function withReleaseIn(
  { folder, raw }: FactsFolder,
  boundary: ResidencyBoundary,
  clock?: () => Date,
): ResidencyBoundary {
  const timed = clock === undefined ? boundary : boundary._withFacts(factsOf(boundary).at(clock));
  return withRelease(timed, raw, folder);
}
