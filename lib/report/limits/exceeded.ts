import { AWS_LIMITS, type AwsLimitName } from '../../facts/aws-limits';
import { knownSize } from './known-size';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

/** A part of a template that AWS refuses. */
export interface Exceeded {
  /** The resource; none for the whole template. */
  readonly logicalId?: string;
  /** What is too large, how large it is at least, and the limit with its source. */
  readonly description: string;
  readonly fix: string;
}

/** A part of a template that a limit applies to. */
export interface Measured {
  readonly limit: AwsLimitName;
  readonly of: string;
  /** Its size, in the limit's unit. What only the deployment knows counts as nothing. */
  readonly found: number;
  readonly logicalId?: string;
}

/** Every part of a template that a limit of AWS applies to. */
export const measured = (template: Json): Measured[] => [...ofTemplate(template), ...ofResources(template)];

/** Everything in a template that exceeds a limit of AWS, whatever its deployment adds. */
export const exceeded = (template: Json): Exceeded[] =>
  measured(template)
    .filter(({ limit, found }) => found > AWS_LIMITS[limit].most)
    .map(({ limit, of, found, logicalId }) => {
      const { most, unit, source } = AWS_LIMITS[limit];
      return {
        ...(logicalId !== undefined && { logicalId }),
        description: `${of} has at least ${found} ${unit}, and AWS accepts no more than ${most} (${source})`,
        fix: FIXES[limit] ?? DIVIDE,
      };
    });

const DIVIDE =
  "divide the tenants between two deployments: move some workspaces to a second residency.yaml with another 'name'. A workspace " +
  'that is deployed already must stay where its content is';

const FIXES: Partial<Record<AwsLimitName, string>> = {
  endpointPolicy:
    "name fewer models in residency.yaml, or divide the tenants between two deployments with different 'name's",
  inlinePolicies: 'name fewer models for this tenant in residency.yaml',
  variables: 'use shorter names in residency.yaml',
};

function ofTemplate(template: Json): Measured[] {
  const { Resources = {}, Outputs = {}, Parameters = {} } = template;
  const counts = { resources: Resources, outputs: Outputs, parameters: Parameters } as const;
  return [
    { limit: 'template', of: 'the template', found: knownSize(template) },
    ...Object.entries(counts).map(([limit, parts]) => ({
      limit: limit as keyof typeof counts,
      of: 'the template',
      found: Object.keys(parts).length,
    })),
  ];
}

/** The policy or the variables of each type, and their limit. */
const SIZES: Readonly<Record<string, readonly [AwsLimitName, string, (properties: Json) => Json]>> = {
  'AWS::KMS::Key': ['keyPolicy', "the key's policy", ({ KeyPolicy }) => KeyPolicy],
  'AWS::S3::BucketPolicy': ['bucketPolicy', "the bucket's policy", ({ PolicyDocument }) => PolicyDocument],
  'AWS::EC2::VPCEndpoint': ['endpointPolicy', "the endpoint's policy", ({ PolicyDocument }) => PolicyDocument],
  'AWS::IAM::ManagedPolicy': ['managedPolicy', 'the managed policy', ({ PolicyDocument }) => PolicyDocument],
  'AWS::Logs::ResourcePolicy': ['logPolicy', "the log groups' policy", ({ PolicyDocument }) => PolicyDocument],
  'AWS::Lambda::Function': ['variables', "the function's environment", ({ Environment }) => Environment?.Variables],
};

const ofResources = ({ Resources = {} }: Json): Measured[] =>
  Object.entries<Json>(Resources).flatMap(([logicalId, { Type, Properties = {} }]): Measured[] => {
    const [limit, of, part] = SIZES[Type] ?? [];
    if (limit !== undefined && of !== undefined) {
      const value = part?.(Properties);
      return value === undefined ? [] : [{ limit, of, logicalId, found: knownSize(value) }];
    }
    switch (Type) {
      case 'AWS::IAM::Role':
        return [
          {
            limit: 'inlinePolicies',
            of: "the role's inline policies",
            logicalId,
            found: inlineOf(logicalId, Properties, Resources),
          },
        ];
      case 'AWS::CloudTrail::Trail':
        return [
          {
            limit: 'trailValues',
            of: "the trail's selectors",
            logicalId,
            found: valuesOf(Properties.AdvancedEventSelectors),
          },
        ];
      case 'AWS::DynamoDB::GlobalTable':
        return (Properties.Replicas ?? []).flatMap(({ ResourcePolicy }: Json) =>
          ResourcePolicy === undefined
            ? []
            : [
                {
                  limit: 'tablePolicy',
                  of: "the table's policy",
                  logicalId,
                  found: knownSize(ResourcePolicy.PolicyDocument),
                },
              ],
        );
      default:
        return [];
    }
  });

/** The inline policies of a role: its own, and those of resources that name it. */
function inlineOf(role: string, { Policies = [] }: Json, resources: Json): number {
  const attached = Object.values<Json>(resources).filter(
    ({ Type, Properties }) => Type === 'AWS::IAM::Policy' && Properties.Roles?.some(({ Ref }: Json) => Ref === role),
  );
  const documents = [...Policies, ...attached.map(({ Properties }) => Properties)].map(
    ({ PolicyDocument }) => PolicyDocument,
  );
  return documents.reduce((sum: number, one) => sum + knownSize(one), 0);
}

/** The values of all conditions of a trail's selectors. */
const valuesOf = (selectors: Json = []): number =>
  selectors
    .flatMap(({ FieldSelectors }: Json) => FieldSelectors)
    .flatMap((field: Json) => Object.values(field).filter(Array.isArray))
    .flat().length;
