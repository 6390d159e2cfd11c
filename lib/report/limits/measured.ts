import { AWS_LIMITS, type AwsLimitName } from '../../facts/aws-limits';
import { knownSize, type SizeUnit } from './known-size';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

/** A part of a template that a limit applies to. */
export interface Measured {
  readonly limit: AwsLimitName;
  readonly of: string;
  /** Its size, in the limit's unit. What only the deployment knows counts as nothing. */
  readonly found: number;
  readonly logicalId?: string;
}

/**
 * Every part of a template that a limit of AWS applies to.
 *
 * @param text the template's file
 */
export function measured(template: Json, text: string): Measured[] {
  const { Resources, Outputs, Parameters } = mapOf(template);
  const counts = { resources: Resources, outputs: Outputs, parameters: Parameters } as const;
  return [
    { limit: 'template', of: 'the template', found: Buffer.byteLength(text) },
    ...Object.entries(counts).map(([limit, parts]) => ({
      limit: limit as keyof typeof counts,
      of: 'the template',
      found: Object.keys(mapOf(parts)).length,
    })),
    ...Object.entries<Json>(mapOf(Resources)).flatMap(([logicalId, resource]) =>
      ofResource(logicalId, mapOf(resource), mapOf(Resources)),
    ),
  ];
}

/** The policy or the variables of each type, and their limit. */
const SIZES: Readonly<Record<string, readonly [AwsLimitName, string, (properties: Json) => Json]>> = {
  'AWS::KMS::Key': ['keyPolicy', "the key's policy", ({ KeyPolicy }) => KeyPolicy],
  'AWS::S3::BucketPolicy': ['bucketPolicy', "the bucket's policy", ({ PolicyDocument }) => PolicyDocument],
  'AWS::EC2::VPCEndpoint': ['endpointPolicy', "the endpoint's policy", ({ PolicyDocument }) => PolicyDocument],
  'AWS::IAM::ManagedPolicy': ['managedPolicy', 'the managed policy', ({ PolicyDocument }) => PolicyDocument],
  'AWS::Logs::ResourcePolicy': ['logPolicy', "the log groups' policy", ({ PolicyDocument }) => PolicyDocument],
  'AWS::Lambda::Function': [
    'variables',
    "the function's environment",
    ({ Environment }) => mapOf(Environment).Variables,
  ],
};

function ofResource(logicalId: string, { Type, Properties }: Json, resources: Json): Measured[] {
  const properties = mapOf(Properties);
  const [limit, of, part] = SIZES[Type] ?? [];
  if (limit !== undefined && of !== undefined) {
    const value = part?.(properties);
    return value === undefined ? [] : [{ limit, of, logicalId, found: sizeFor(limit, value) }];
  }
  switch (Type) {
    case 'AWS::IAM::Role': {
      const found = inlineOf(logicalId, properties, resources);
      return [{ limit: 'inlinePolicies', of: "the role's inline policies", logicalId, found }];
    }
    case 'AWS::CloudTrail::Trail': {
      const found = valuesOf(properties.AdvancedEventSelectors);
      return [{ limit: 'trailValues', of: "the trail's selectors", logicalId, found }];
    }
    case 'AWS::DynamoDB::GlobalTable':
      return mapsIn(properties.Replicas).flatMap(({ ResourcePolicy }) => {
        const { PolicyDocument } = mapOf(ResourcePolicy);
        if (PolicyDocument === undefined) return [];
        return [
          { limit: 'tablePolicy', of: "the table's policy", logicalId, found: sizeFor('tablePolicy', PolicyDocument) },
        ];
      });
    default:
      return [];
  }
}

/** The inline policies of a role: its own, and those of resources that name it. */
function inlineOf(role: string, { Policies }: Json, resources: Json): number {
  const isRole = (one: Json) => mapOf(one).Ref === role;
  const attached = Object.values<Json>(resources)
    .map((resource) => ({ Type: mapOf(resource).Type, properties: mapOf(mapOf(resource).Properties) }))
    .filter(
      ({ Type, properties: { Roles, RoleName } }) =>
        (Type === 'AWS::IAM::Policy' && mapsIn(Roles).some(isRole)) ||
        (Type === 'AWS::IAM::RolePolicy' && isRole(RoleName)),
    )
    .map(({ properties }) => properties);
  return [...mapsIn(Policies), ...attached].reduce(
    (sum, { PolicyDocument }) => sum + sizeFor('inlinePolicies', PolicyDocument),
    0,
  );
}

/** The values of all conditions of a trail's selectors. */
const valuesOf = (selectors: Json): number =>
  mapsIn(selectors)
    .flatMap(({ FieldSelectors }) => mapsIn(FieldSelectors))
    .flatMap((field) => Object.values(field).filter(Array.isArray))
    .flat().length;

const sizeFor = (limit: AwsLimitName, value: Json): number => knownSize(value, AWS_LIMITS[limit].unit as SizeUnit);

/** A map, or an empty one instead of anything else: what isn't a map is CloudFormation's to refuse. */
const mapOf = (value: Json): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

/** The maps in a list. A function in place of the list, whose result only the deployment knows, has none. */
const mapsIn = (value: Json): Json[] => (Array.isArray(value) ? value.map(mapOf) : []);
