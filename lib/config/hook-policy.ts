import type { ResidencyBoundary } from '../boundary/boundary';
import type { HookPolicy } from '../contract/policies/hook-policy';
import type { Declarations } from '../guard/declarations/declarations';

/**
 * The policy of one hook. Declarations name stacks by their path in an app. CloudFormation knows only names, which CDK
 * creates from the path by joining its parts with hyphens.
 */
export function hookPolicy(
  boundary: ResidencyBoundary,
  { exceptions, places, boundaries, permissionsBoundary }: Declarations,
): HookPolicy<Declarations> {
  return {
    boundary: boundary.name,
    facts: boundary._facts?.layers.length ? boundary._facts.layers.map(({ release, ...layer }) => layer) : undefined,
    declarations: {
      ...(permissionsBoundary && { permissionsBoundary }),
      places,
      // The location of a row would make the asset's hash depend on the folder in which the app is synthesized.
      exceptions: exceptions.flatMap(({ declaredAt, ...row }) =>
        row.stack === undefined ? [row] : nameGlobs(row.stack).map((stack) => ({ ...row, stack })),
      ),
      // A row that names a Stage applies to all stacks in it, including nested ones.
      boundaries: boundaries.flatMap((row) =>
        nameGlobs(row.stack)
          .flatMap((stack) => [stack, `${stack}-*`])
          .map((stack) => ({ ...row, stack })),
      ),
    },
  };
}

/** The names that stacks at a path can have. A `**` can match no part at all, which leaves no hyphen either. */
function nameGlobs(path: string): string[] {
  const [head = '', ...rest] = path.split('**/');
  const name = (parts: string) => parts.replaceAll('/', '-');
  if (rest.length === 0) return [name(path)];
  const tail = rest.join('*/');
  return [name(`${head}${tail}`), name(`${head}*/${tail}`)];
}
