import { type Partly, present, valueAt } from '../draft';
import { didYouMean } from '../nearest';
import type { Problem } from '../problem';
import type { Check } from './check';

/** Workspaces and projects name models of the same file. */
export const checkReferences: Check = ({ raw, draft }) => {
  const models = valueAt(raw, ['models']);
  // Without any model, the missing models are the mistake, not each name.
  if (!Array.isArray(models)) return [];
  const ids = models.map((model) => valueAt(model, ['id'])).filter((id) => typeof id === 'string');
  return [
    ...present(draft.workspaces).flatMap(([index, tenant]) => unknown(['workspaces', index], tenant, ids)),
    ...present(draft.projects).flatMap(([index, tenant]) => unknown(['projects', index], tenant, ids)),
  ];
};

function unknown(path: (string | number)[], tenant: Partly<{ models: string[] }>, ids: string[]): Problem[] {
  return present(tenant.models)
    .filter(([, id]) => !ids.includes(id))
    .map(([index, id]) => ({
      path: [...path, 'models', index],
      text: `found '${id}', which is no model of this file; allowed: ${ids.join(', ')}${didYouMean(id, ids)}`,
    }));
}
