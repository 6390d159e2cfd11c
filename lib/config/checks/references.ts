import { didYouMean } from '../../boundary/nearest';
import { type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import { callers } from './callers';
import type { Check } from './check';

/** Workspaces and projects name models of the same file. */
export const checkReferences: Check = ({ draft }) => {
  const ids = draft.models?.map((model) => model?.id) ?? [];
  // A model without a valid id may be the intended one. If the file has no models, that is the mistake, not each name.
  if (ids.length === 0 || !ids.every((id) => id !== undefined)) return [];
  return [
    ...present(draft.workspaces).flatMap(([index, tenant]) => unknown(['workspaces', index], tenant, ids)),
    ...callers(draft).flatMap(([path, tenant]) => unknown(path, tenant, ids)),
  ];
};

function unknown(path: Path, tenant: Partly<{ models: string[] }>, ids: string[]): Problem[] {
  return present(tenant.models)
    .filter(([, id]) => !ids.includes(id))
    .map(([index, id]) => ({
      path: [...path, 'models', index],
      text: `found '${id}', which isn't defined in this file; allowed: ${ids.join(', ')}${didYouMean(id, ids)}`,
    }));
}
