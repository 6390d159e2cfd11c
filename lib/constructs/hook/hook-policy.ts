import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ResidencyDeclarations } from '../../config/residency-declarations';
import type { HookPolicy } from '../../contract/policies/hook-policy';
import type { Declarations } from '../../guard/declarations/declarations';

/**
 * The policy of one hook. Declarations name stacks by their path in an app; CloudFormation knows names only, which CDK makes
 * of a path by joining its parts with hyphens.
 */
export function hookPolicy(boundary: ResidencyBoundary, declared: ResidencyDeclarations): HookPolicy<Declarations> {
  const { exceptions, places, boundaries } = declared._data;
  return {
    boundary: boundary.name,
    declarations: {
      places,
      // Where a row is written would tie the asset's hash to the folder of whoever synthesizes.
      exceptions: exceptions.flatMap(({ declaredAt, ...row }) =>
        row.stack === undefined ? [row] : nameGlobs(row.stack).map((stack) => ({ ...row, stack })),
      ),
      // A row that names a Stage holds for all stacks in it, and for nested ones.
      boundaries: boundaries.flatMap((row) =>
        nameGlobs(row.stack)
          .flatMap((stack) => [stack, `${stack}-*`])
          .map((stack) => ({ ...row, stack })),
      ),
    },
  };
}

/** Names that stacks of a path can have. A `**` can stand for no part at all, which leaves no hyphen either. */
function nameGlobs(path: string): string[] {
  const [head = '', ...rest] = path.split('**/');
  const name = (parts: string) => parts.replaceAll('/', '-');
  if (rest.length === 0) return [name(path)];
  const tail = rest.join('*/');
  return [name(`${head}${tail}`), name(`${head}*/${tail}`)];
}
