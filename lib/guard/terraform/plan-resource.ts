import type { ResourceRule } from '../rule/rule';
import { type Mapping, mappingOf } from './cloudformation-type';
import { Origins } from './converted';
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
  /** Where its values come from; computed for the few resources that have a finding. */
  origins(): Origins;
  readonly sensitive: unknown;
  /** Where its provider creates it: in a Region of AWS, in another service, or nowhere. */
  readonly place: 'aws' | 'elsewhere' | 'nowhere';
  /** @default - those for its type */
  readonly rules?: readonly ResourceRule[];
}

/** Data sources that send data to a service or run a program; others only read. */
const SENDING = /^(?:aws_lambda_invocation|external|http)$/;

const sends = ({ type }: PlannedResource) => SENDING.test(type);

/** All of a plan that can leave the boundary, also data sources that sent something when the plan was made. */
export function checkedResources({ resources, data, actions }: Plan): readonly PlannedResource[] {
  const sent = data.filter(sends);
  if (sent.length + actions.length === 0) return resources;
  const later = new Set(resources.map(({ address }) => address));
  return [...resources, ...sent.filter(({ address }) => !later.has(address)), ...actions];
}

/** A resource as the rules check it; none if nothing of it can leave the boundary. */
export function planResource(resource: PlannedResource, plan: Plan): PlanResource | undefined {
  const { address, type, mode, sensitive } = resource;
  if (mode === 'data' && !sends(resource)) return undefined;
  const place = placeOf(resource);
  const mapping: Mapping =
    place === 'aws' ? mappingOf(type) : { type: place === 'nowhere' && mode !== 'action' ? LOCAL : type };
  const properties = propertiesOf(valuesOf(resource, plan, mapping.moves), mapping);
  const programs = programsOf(resource);
  return {
    address,
    type,
    checkedAs: mapping.type,
    raw: {
      Type: mapping.type,
      Properties: programs === undefined ? properties : { ...properties, Provisioners: programs },
    },
    sensitive,
    place,
    origins: () => {
      const origins = new Origins();
      origins.root = propertiesOf(valuesOf(resource, plan, mapping.moves), mapping, origins);
      return origins;
    },
  };
}

/** An action is of no known type, so it is refused whatever its provider does otherwise. */
const placeOf = ({ mode, provider }: PlannedResource) =>
  mode === 'action' ? 'nowhere' : isOfAws(provider) ? 'aws' : isUtility(provider) ? 'nowhere' : 'elsewhere';

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
