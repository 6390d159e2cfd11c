import { type Account, accountOf } from './account';
import type { Call, Declared } from './call';
import { callsOf } from './calls';
import type { DeployedStack, Json } from './physical';
import { synthesize, type VariantName } from './variants';

/** A deployment as an account and the calls of its functions. */
export interface Deployed {
  readonly stacks: readonly DeployedStack[];
  readonly declared: Declared;
  readonly account: Account;
  readonly calls: readonly Call[];
}

export function deployed(variant: VariantName): Deployed {
  const { stacks, declared } = synthesize(variant);
  return read(stacks, declared);
}

const read = (stacks: readonly DeployedStack[], declared: Declared): Deployed => {
  const account = accountOf(stacks, declared.existingEndpoints);
  return { stacks, declared, account, calls: callsOf(account, declared) };
};

/** The same deployment with a mistake in the template of each stack that has a resource below this path. */
export function withMistake(
  from: Deployed,
  path: string,
  plant: (resource: Json, template: Json, id: string) => void,
): Deployed {
  const stacks = structuredClone(from.stacks) as DeployedStack[];
  const found = stacks.flatMap(({ template }) =>
    Object.entries<Json>(template.Resources)
      .filter(([, { Metadata = {} }]) => Metadata['aws:cdk:path']?.includes(path))
      .map(([id, resource]) => ({ id, resource, template })),
  );
  if (found.length === 0) throw new Error(`no resource is below ${path}; use a path of today's templates`);
  for (const { id, resource, template } of found) plant(resource, template, id);
  return read(stacks, from.declared);
}
