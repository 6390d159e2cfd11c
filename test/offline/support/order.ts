import type { DeployedStack, Json } from '@/test/iam/support/physical';

/** The resources of a template, and for each those that CloudFormation creates before it. */
class Order {
  private readonly before = new Map<string, ReadonlySet<string>>();

  constructor(public readonly resources: Readonly<Record<string, Json>>) {}

  public of(type: string): [string, Json][] {
    return Object.entries(this.resources).filter(([, { Type }]) => type === Type);
  }

  /** The resources that a resource names or depends on, directly or through others. */
  public beforeOf(id: string): ReadonlySet<string> {
    const known = this.before.get(id);
    if (known !== undefined) return known;
    const found = new Set<string>();
    // Templates have no circles, which CloudFormation refuses.
    this.before.set(id, found);
    const { Properties = {}, DependsOn = [] } = this.resources[id];
    for (const one of [...named(Properties), ...[DependsOn].flat()].filter((other) => other in this.resources)) {
      found.add(one);
      for (const earlier of this.beforeOf(one)) found.add(earlier);
    }
    return found;
  }

  /** The policies that are attached to a role. */
  public policiesOf(role: string): string[] {
    return this.of('AWS::IAM::Policy').flatMap(([id, { Properties }]) =>
      named(Properties.Roles).includes(role) ? [id] : [],
    );
  }
}

/** The resources that a value names. */
function named(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(named);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<Json>(value).flatMap(([key, one]) =>
    key === 'Ref' ? [one] : key === 'Fn::GetAtt' ? [[one].flat()[0].split('.')[0]] : named(one),
  );
}

/** What AWS uses of a resource's neighbours as soon as it exists, by its type. CloudFormation knows no such order by itself. */
const USES: Readonly<Record<string, (resource: Json, order: Order) => string[]>> = {
  // An invocation can follow at once, by a schedule, a request or a custom resource.
  'AWS::Lambda::Function': policiesOfRoles,
  // Its log group is checked when it is created, with the permissions of its role.
  'AWS::StepFunctions::StateMachine': policiesOfRoles,
  'AWS::EC2::FlowLog': policiesOfRoles,
  'AWS::Events::Rule': policiesOfRoles,
  // CloudTrail writes a test object when it creates a trail.
  'AWS::CloudTrail::Trail': ({ Properties }, order) =>
    order.of('AWS::S3::BucketPolicy').flatMap(([id, policy]) => (names(policy, Properties.S3BucketName) ? [id] : [])),
  // WAF checks that it may write.
  'AWS::WAFv2::LoggingConfiguration': (_, order) => order.of('AWS::Logs::ResourcePolicy').map(([id]) => id),
};

const names = (policy: Json, bucket: Json): boolean =>
  named(policy.Properties.Bucket).some((one) => named(bucket).includes(one));

function policiesOfRoles({ Properties }: Json, order: Order): string[] {
  return named(Properties)
    .filter((id) => order.resources[id]?.Type === 'AWS::IAM::Role')
    .flatMap((role) => order.policiesOf(role));
}

/** What a custom resource's function uses while the deployment waits for it: all that its variables name, and the policies of these. */
function usedBy(custom: Json, order: Order): string[] {
  const [fn = ''] = named(custom.Properties.ServiceToken);
  const { Environment, LoggingConfig, VpcConfig } = order.resources[fn].Properties;
  const reached = named([Environment, LoggingConfig]);
  const buckets = reached.filter((id) => order.resources[id]?.Type === 'AWS::S3::Bucket');
  return [
    ...reached,
    ...order
      .of('AWS::S3::BucketPolicy')
      .flatMap(([id, policy]) => (buckets.some((one) => names(policy, { Ref: one })) ? [id] : [])),
    ...(VpcConfig === undefined ? [] : order.of('AWS::EC2::VPCEndpoint').map(([id]) => id)),
  ];
}

/** Each resource that can be created before something that it uses at once. */
export const missingOf = (stacks: readonly DeployedStack[]): string[] =>
  stacks.flatMap(({ name, template }) => {
    const order = new Order(template.Resources);
    return Object.entries<Json>(template.Resources).flatMap(([id, resource]) => {
      const used = resource.Type.startsWith('Custom::')
        ? usedBy(resource, order)
        : (USES[resource.Type]?.(resource, order) ?? []);
      const before = order.beforeOf(id);
      return [...new Set(used)]
        .filter((one) => one in order.resources && !before.has(one))
        .map((one) => `${name}: ${id} can be created before ${one}`);
    });
  });
