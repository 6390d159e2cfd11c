import { nameFrom } from '../../boundary/destination';
import { isOutsideAws } from '../../boundary/provider-of';
import type { DecidedModel } from '../checks/inference-model';

/** The destinations of each model, by which evidence names them. The host of one outside AWS isn't a Region. */
export const modelsMetadata = (own: string, models: readonly DecidedModel[]): Record<string, string[]> =>
  Object.fromEntries(
    models.map(({ id, destinations }) => [
      id,
      destinations.map((target) => (isOutsideAws(target) ? target.id : nameFrom(own, target))),
    ]),
  );
