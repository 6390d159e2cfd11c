import { type Mapping, mappingOf } from './cloudformation-type';
import type { Origins } from './converted';
import type { Plan, PlannedResource } from './plan';
import { propertiesOf } from './properties';
import { isOfAws, isUtility } from './providers';
import { valuesOf } from './values';

/** A resource of a plan in the form in which the rules check it. */
export interface PlanResource {
  readonly address: string;
  /** The provider's name of the type. */
  readonly type: string;
  /** The CloudFormation type whose rules apply. */
  readonly checkedAs: string;
  /** The entry of a template. */
  readonly raw: { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };
  readonly origins: Origins;
  readonly sensitive: unknown;
  /** Whether it is in a service other than AWS. */
  readonly isForeign: boolean;
}

/** Data sources that send data to a service or run a program; others only read. */
const SENDING = /^(?:aws_lambda_invocation|external|http)$/;

/** A resource as the rules check it; none if nothing of it can leave the boundary. */
export function planResource(resource: PlannedResource, plan: Plan): PlanResource | undefined {
  const { address, type, provider, mode, sensitive } = resource;
  if (mode === 'data' && !SENDING.test(type)) return undefined;
  const isForeign = !isOfAws(provider) && !isUtility(provider);
  const mapping: Mapping = isOfAws(provider) ? mappingOf(type) : { type: isForeign ? type : LOCAL };
  const { properties, origins } = propertiesOf(valuesOf(resource, plan), mapping);
  const programs = programsOf(resource);
  return {
    address,
    type,
    checkedAs: mapping.type,
    raw: { Type: mapping.type, Properties: programs === undefined ? properties : { ...properties, Provisioners: programs } },
    origins,
    sensitive,
    isForeign,
  };
}

/** A type to which only the rules on values apply. */
const LOCAL = 'AWS::CloudFormation::WaitConditionHandle';

/** The constant arguments of the programs that run when the resource is created. */
function programsOf({ configuration }: PlannedResource): unknown[] | undefined {
  const programs = configuration?.provisioners?.map(({ expressions = {} }) =>
    Object.fromEntries(
      Object.entries(expressions).flatMap(([name, expression]) => {
        const value = (expression as { constant_value?: unknown }).constant_value;
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
  return programs?.length ? programs : undefined;
}
