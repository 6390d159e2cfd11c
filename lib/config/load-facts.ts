import type { ResidencyBoundary } from '../boundary/boundary';
import { factsOf } from '../boundary/facts-of';
import { admittedLayers } from './admitted-layers';
import { checkAdmitted } from './checks/admitted';
import { loadAdmitted } from './load-admitted';

/**
 * The same boundary, deciding by the facts of a configuration's folder: those of the package, above them those of a facts release, and
 * above both the rows of `residency-admitted.yaml`.
 *
 * @param clock the time by which a row has expired or a model has ended; by default the machine's
 * @throws ConfigError with every mistake of a file
 */
export function withFactsIn(folder: string, boundary: ResidencyBoundary, clock?: () => Date): ResidencyBoundary {
  const below = withReleaseIn(folder, boundary, clock);
  const { rows, refuse } = loadAdmitted(folder);
  if (rows.length === 0) return below;
  const facts = factsOf(below);
  refuse(checkAdmitted(rows, below, facts, clock?.() ?? new Date()));
  return below._withFacts(facts.with(...admittedLayers(rows, facts)));
}

/** The same without admitted rows, which are checked against these facts: a row can't confirm itself. */
export function withReleaseIn(_folder: string, boundary: ResidencyBoundary, clock?: () => Date): ResidencyBoundary {
  return clock === undefined ? boundary : boundary._withFacts(factsOf(boundary).at(clock));
}
