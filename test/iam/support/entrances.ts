import type { NamedPolicy } from './account';
import { type DeployedStack, type Json, Physical } from './physical';

/** A way into an account that holds no content itself: a role, a function, an API or a log group. */
export interface Entrance {
  readonly arn: string;
  readonly actions: readonly string[];
  /** Who else may take it than principals of the account with a permission; no one without a policy. */
  readonly policy?: NamedPolicy;
}

/** The entrances that templates would create: roles by their trust, functions by their permissions, APIs and log groups by their policies. */
export function entrancesOf(stacks: readonly DeployedStack[]): Entrance[] {
  const physical = new Physical(stacks);
  return stacks.flatMap((stack) => {
    const { account, partition, region, template } = stack;
    const resources = Object.entries<Json>(template.Resources);
    const named = (id: string, statements: readonly Json[]): NamedPolicy => ({
      name: `entrance ${stack.name}/${id}`,
      policy: { Version: '2012-10-17', Statement: statements },
    });
    const permissions = (arn: string): Json[] =>
      resources.flatMap(([, { Type, Properties }]) =>
        Type === 'AWS::Lambda::Permission' && physical.resolve(Properties.FunctionName, stack) === arn
          ? [permissionOf(physical.resolve(Properties, stack), arn)]
          : [],
      );
    // They apply to all log groups of the account and Region.
    const ofLogs = resources.flatMap(([, { Type, Properties }]): Json[] =>
      Type === 'AWS::Logs::ResourcePolicy'
        ? [JSON.parse(physical.resolve(Properties.PolicyDocument, stack)).Statement].flat()
        : [],
    );
    return resources.flatMap(([id, { Type, Properties = {} }]): Entrance[] => {
      switch (Type) {
        case 'AWS::IAM::Role': {
          const trust = physical.resolve(Properties.AssumeRolePolicyDocument, stack).Statement;
          // A trust policy has no resource, because it is about its role.
          const statements = [trust].flat().map((one: Json) => ({ ...one, Resource: '*' }));
          return [{ arn: physical.arn(stack, id), actions: ['sts:AssumeRole'], policy: named(id, statements) }];
        }
        case 'AWS::Lambda::Function': {
          const arn = physical.arn(stack, id);
          const statements = permissions(arn);
          return [
            {
              arn,
              actions: ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode'],
              ...(statements.length > 0 && { policy: named(id, statements) }),
            },
          ];
        }
        case 'AWS::ApiGateway::RestApi': {
          const arn = `arn:${partition}:execute-api:${region}:${account}:${physical.resolve({ Ref: id }, stack)}/v1/POST/x`;
          const policy = Properties.Policy && physical.resolve(Properties.Policy, stack);
          return [
            { arn, actions: ['execute-api:Invoke'], ...(policy && { policy: named(id, [policy.Statement].flat()) }) },
          ];
        }
        case 'AWS::Logs::LogGroup': {
          const arn = physical.arn(stack, id).replace(/:\*$/, '');
          return [
            {
              arn,
              actions: ['logs:FilterLogEvents', 'logs:PutSubscriptionFilter'],
              ...(ofLogs.length > 0 && { policy: named('logs', ofLogs) }),
            },
          ];
        }
        default:
          return [];
      }
    });
  });
}

/** A permission of a function, as the statement that Lambda writes for it. */
const permissionOf = ({ Action, Principal, SourceArn, SourceAccount }: Json, arn: string): Json => ({
  Effect: 'Allow',
  Action,
  Principal: /\.amazonaws\.com$/.test(Principal) ? { Service: Principal } : { AWS: Principal },
  Resource: arn,
  Condition: {
    ...(SourceArn && { ArnLike: { 'aws:SourceArn': SourceArn } }),
    ...(SourceAccount && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
  },
});
