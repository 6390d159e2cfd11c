import { parseArn } from '../../../boundary/arn-parts';
import type { ResidencyBoundary } from '../../../boundary/boundary';
import { decideGuardrail, guardrailRegions, whyUnguarded } from '../../../boundary/guardrail';
import type { AnyDestination } from '../../../boundary/server';
import type { GatewayPolicy, PolicyGuardrail } from '../../../contract/policies/gateway-policy';

/** The guardrail of each source Region, in the form of Bedrock's requests. */
export type Guardrails = ReadonlyMap<
  string,
  { readonly guardrailIdentifier: string; readonly guardrailVersion: string }
>;

/**
 * A deployed policy with the ARNs of its guardrails, which are known only at deployment.
 *
 * @param variable the value of `GUARDRAILS`: each guardrail as `ARN:VERSION`, separated by spaces
 * @throws if the policy has a guardrail that the variable doesn't
 */
export function withGuardrailArns(policy: GatewayPolicy, variable: string | undefined): GatewayPolicy {
  const arns = (variable ?? '').split(' ').filter((part) => part !== '');
  const named = (guardrails: readonly PolicyGuardrail[] | undefined) =>
    guardrails?.map((guardrail): PolicyGuardrail => {
      if (!('at' in guardrail)) return guardrail;
      const [, id, version] = /^(arn:.+):([1-9]\d*)$/.exec(arns[guardrail.at] ?? '') ?? [];
      const { region, profile } = guardrail;
      if (id !== undefined && version !== undefined) return { region, id, version, ...(profile && { profile }) };
      throw new Error(
        `the gateway doesn't start, because 'GUARDRAILS' must have an entry ${guardrail.at} of the form ARN:VERSION for its guardrail in ` +
          `${guardrail.region}; deploy it again`,
      );
    });
  return {
    ...policy,
    guardrails: named(policy.guardrails),
    projects: policy.projects?.map((project) => ({ ...project, guardrails: named(project.guardrails) })),
  };
}

/** A tenant's guardrails by source Region, and its models. */
export interface Guarded {
  readonly guardrails: Guardrails;
  /** The Regions of each destination include those in which its guardrail evaluates content. */
  readonly models: ReadonlyMap<string, readonly AnyDestination[]>;
}

/**
 * A tenant's guardrails; undefined if it has none.
 *
 * @param tenant as messages name it
 * @param models the tenant's models
 * @throws if a guardrail is outside the boundary, or can't check each destination of each model: the tenant would be served without it
 */
export function admitGuardrails(
  boundary: ResidencyBoundary,
  tenant: string,
  guardrails: readonly PolicyGuardrail[] | undefined,
  models: ReadonlyMap<string, readonly AnyDestination[]>,
): Guarded | undefined {
  if (guardrails === undefined) return undefined;
  const admitted = new Map(guardrails.map((guardrail) => [guardrail.region, requestForm(boundary, tenant, guardrail)]));
  for (const [model, destinations] of models) {
    for (const destination of destinations) {
      const why = whyUnguarded(boundary, destination, [...admitted.keys()]);
      if (why === undefined) continue;
      throw new Error(
        `policy.json: the gateway doesn't start, because the guardrail of ${tenant} can't check model '${model}', destination ` +
          `'${destination.id}': ${why}`,
      );
    }
  }
  const evaluatedIn = new Map(guardrails.map((one) => [one.region, guardrailRegions(boundary, one)]));
  const guarded = (destination: AnyDestination): AnyDestination => {
    const further = evaluatedIn.get(destination.sourceRegion) ?? [];
    return { ...destination, regions: [...new Set([...destination.regions, ...further])].sort() };
  };
  return {
    guardrails: admitted,
    models: new Map([...models].map(([model, destinations]) => [model, destinations.map(guarded)])),
  };
}

function requestForm(boundary: ResidencyBoundary, tenant: string, guardrail: PolicyGuardrail) {
  if ('at' in guardrail) {
    throw new Error(
      `policy.json: the ARN of the guardrail of ${tenant} in ${guardrail.region} is missing; deploy again`,
    );
  }
  // Its own account: the role can apply no guardrail of another.
  const decision = decideGuardrail(boundary, guardrail, parseArn(guardrail.id)?.account);
  if (decision.inside) return { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version };
  throw new Error(
    `policy.json: the gateway doesn't start, because the guardrail of ${tenant} isn't inside ${boundary.label}: ${decision.detail}; ` +
      'correct it in residency.yaml and deploy again',
  );
}
