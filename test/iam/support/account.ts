import { AWS_MANAGED } from './aws-managed';
import { listOf } from './pattern';
import { type DeployedStack, type Json, Physical } from './physical';

/** A policy with the name by which findings refer to it. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Json;
}

/** A role as IAM would store it. */
export interface Role {
  readonly arn: string;
  readonly path: string;
  readonly policies: readonly NamedPolicy[];
  readonly tags: Readonly<Record<string, string>>;
  /** Its permissions boundary; none if it has none. */
  readonly boundary?: NamedPolicy;
}

/** A deployed function. */
export interface DeployedFunction {
  /** The path of its construct, without the last part. */
  readonly path: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly role: Role;
  readonly variables: Readonly<Record<string, string>>;
  readonly inVpc: boolean;
  readonly logGroup: string;
}

/** What a deployment's templates would create in an account, as far as it decides on calls. */
export interface Account {
  readonly functions: readonly DeployedFunction[];
  readonly roles: readonly Role[];
  /** The policies of keys, buckets, tables and secrets, by ARN. */
  readonly resourcePolicies: ReadonlyMap<string, NamedPolicy>;
  /** The keys of tables, buckets and secrets, by the ARN of the table, bucket or secret. */
  readonly keysOf: ReadonlyMap<string, string>;
  /** The policies of endpoints, by the service's name, such as `com.amazonaws.eu-central-1.kms`. */
  readonly endpoints: ReadonlyMap<string, NamedPolicy>;
  /** The services whose endpoints exist already, under policies of their owner. */
  readonly existingEndpoints: readonly string[];
  /** The ARNs of the default security groups that CDK's function empties. */
  readonly defaultGroups: readonly string[];
}

/**
 * Reads templates as an account that they were deployed to.
 *
 * @throws if a role has a policy that isn't in the templates, or two endpoints are of the same service
 */
export function accountOf(stacks: readonly DeployedStack[], existingEndpoints: readonly string[] = []): Account {
  const physical = new Physical(stacks);
  const resources = stacks.flatMap((stack) =>
    Object.entries<Json>(stack.template.Resources).map(([id, { Type, Properties = {}, Metadata = {} }]) => ({
      stack,
      id,
      type: Type as string,
      properties: Properties,
      path: `${Metadata['aws:cdk:path'] ?? `${stack.name}/${id}`}`.replace(/\/[^/]*$/, ''),
      read: (value: Json): Json => physical.resolve(value, stack),
    })),
  );
  const of = (type: string) => resources.filter((one) => one.type === type);

  const managed = new Map(
    of('AWS::IAM::ManagedPolicy').map(({ stack, id, properties, path, read }) => [
      physical.arn(stack, id),
      { name: path, policy: read(properties.PolicyDocument) },
    ]),
  );
  const managedPolicy = (path: string, arn: string): NamedPolicy => {
    const ofAws = arn.replace(/^arn:[\w-]+:/, '');
    if (ofAws in AWS_MANAGED) return { name: ofAws, policy: AWS_MANAGED[ofAws] };
    const policy = managed.get(arn);
    if (policy === undefined)
      throw new Error(`${path}: has the policy ${arn}, which isn't in the templates; write it out`);
    return policy;
  };
  const roles = of('AWS::IAM::Role').map(({ stack, id, properties, path, read }): Role => {
    const attached = of('AWS::IAM::Policy').filter(
      (one) => one.stack === stack && one.properties.Roles?.some((role: Json) => role.Ref === id),
    );
    return {
      arn: physical.arn(stack, id),
      path,
      tags: Object.fromEntries(listOf<Json>(properties.Tags).map(({ Key, Value }) => [Key, read(Value)])),
      ...(properties.PermissionsBoundary && { boundary: managedPolicy(path, read(properties.PermissionsBoundary)) }),
      policies: [
        ...listOf<Json>(properties.ManagedPolicyArns).map((one) => managedPolicy(path, read(one))),
        ...(properties.Policies ?? []).map((one: Json) => ({
          name: `${path} (${one.PolicyName})`,
          policy: read(one.PolicyDocument),
        })),
        ...attached.map((one) => ({ name: one.path, policy: one.read(one.properties.PolicyDocument) })),
      ],
    };
  });
  const functions = of('AWS::Lambda::Function').map(({ stack, id, properties, path, read }): DeployedFunction => {
    const arn = read(properties.Role);
    const role = roles.find((one) => one.arn === arn);
    if (role === undefined) throw new Error(`${path}: its role isn't in the templates`);
    const { region, account, partition } = stack;
    return {
      path,
      region,
      account,
      partition,
      role,
      variables: read(properties.Environment?.Variables ?? {}),
      inVpc: properties.VpcConfig !== undefined,
      logGroup: read(
        properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${physical.arn(stack, id).replace(/.*:function:/, '')}`,
      ),
    };
  });

  const resourcePolicies = new Map<string, NamedPolicy>();
  const keysOf = new Map<string, string>();
  for (const { stack, id, properties, path, read } of of('AWS::KMS::Key')) {
    resourcePolicies.set(physical.arn(stack, id), { name: path, policy: read(properties.KeyPolicy) });
  }
  for (const { properties, path, read } of of('AWS::SecretsManager::ResourcePolicy')) {
    resourcePolicies.set(read(properties.SecretId), { name: path, policy: read(properties.ResourcePolicy) });
  }
  for (const { stack, id, properties, read } of of('AWS::SecretsManager::Secret')) {
    if (properties.KmsKeyId !== undefined) keysOf.set(physical.arn(stack, id), read(properties.KmsKeyId));
  }
  for (const { stack, properties, path, read } of of('AWS::S3::BucketPolicy')) {
    const arn = `arn:${stack.partition}:s3:::${read(properties.Bucket)}`;
    resourcePolicies.set(arn, { name: path, policy: read(properties.PolicyDocument) });
  }
  for (const { stack, id, properties, read } of of('AWS::S3::Bucket')) {
    const [rule] = properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
    const key = rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
    if (key !== undefined) keysOf.set(physical.arn(stack, id), read(key));
  }
  for (const { stack, id, properties, path, read } of of('AWS::DynamoDB::GlobalTable')) {
    for (const replica of properties.Replicas) {
      const region = read(replica.Region);
      const arn = physical.arn({ ...stack, region }, id);
      const key = replica.SSESpecification?.KMSMasterKeyId;
      if (key !== undefined) keysOf.set(arn, read(key));
      const policy = replica.ResourcePolicy?.PolicyDocument;
      if (policy !== undefined) resourcePolicies.set(arn, { name: path, policy: read(policy) });
    }
  }

  const endpoints = new Map<string, NamedPolicy>();
  for (const { properties, path, read } of of('AWS::EC2::VPCEndpoint')) {
    const service = read(properties.ServiceName);
    if (endpoints.has(service)) throw new Error(`${path}: another endpoint has the service ${service}`);
    endpoints.set(service, { name: path, policy: read(properties.PolicyDocument) });
  }
  const defaultGroups = of('Custom::VpcRestrictDefaultSG').map(
    ({ stack, properties, read }) =>
      `arn:${stack.partition}:ec2:${stack.region}:${stack.account}:security-group/${read(properties.DefaultSecurityGroupId)}`,
  );
  return { functions, roles, resourcePolicies, keysOf, endpoints, existingEndpoints, defaultGroups };
}
