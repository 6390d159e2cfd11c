import type { NamedPolicy } from './account';
import { type DeployedStack, type Json, Physical } from './physical';

/** A call that lets its caller act in an account or read its logs, and the policy of the resource that decides on callers of other accounts. */
export interface Entry {
  readonly action: string;
  readonly on: string;
  /** None if the resource has no policy. */
  readonly policy?: NamedPolicy;
}

/** Such calls on the resources of templates: their roles, functions and log groups. */
export function entriesOf(stacks: readonly DeployedStack[]): Entry[] {
  const physical = new Physical(stacks);
  return stacks.flatMap((stack) => {
    const resources = Object.entries<Json>(stack.template.Resources);
    const of = (type: string) => resources.filter(([, { Type }]) => Type === type);
    const read = (value: Json): Json => physical.resolve(value, stack);
    const deliveries = of('AWS::Logs::ResourcePolicy').flatMap(
      ([, { Properties }]) => JSON.parse(read(Properties.PolicyDocument)).Statement,
    );
    const policy = (name: string, Statement: Json[]): Pick<Entry, 'policy'> =>
      Statement.length === 0 ? {} : { policy: { name, policy: { Version: '2012-10-17', Statement } } };
    return [
      ...of('AWS::IAM::Role').map(([id, { Properties }]): Entry => {
        const { Statement } = read(Properties.AssumeRolePolicyDocument);
        const on = physical.arn(stack, id);
        return { action: 'sts:AssumeRole', on, ...policy(`trust of ${on}`, Statement) };
      }),
      ...of('AWS::Lambda::Function').map(([id]): Entry => {
        const on = physical.arn(stack, id);
        const permissions = of('AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
        const own = permissions.filter(({ FunctionName }) => JSON.stringify(FunctionName).includes(`"${id}"`));
        return {
          action: 'lambda:InvokeFunction',
          on,
          ...policy(
            `permissions of ${on}`,
            own.map((one) => permitted(read(one), on)),
          ),
        };
      }),
      ...of('AWS::Logs::LogGroup').map(([id]): Entry => {
        const on = physical.arn(stack, id).replace(/\*$/, 'log-stream:x');
        return { action: 'logs:GetLogEvents', on, ...policy(`deliveries of ${stack.name}`, deliveries) };
      }),
    ];
  });
}

/** The statement that Lambda makes of a permission. */
function permitted({ Action, Principal, SourceArn, SourceAccount }: Json, Resource: string): Json {
  const isService = /\.amazonaws\.com$/.test(Principal);
  return {
    Effect: 'Allow',
    Action,
    Resource,
    Principal: isService ? { Service: Principal } : Principal === '*' ? '*' : { AWS: Principal },
    Condition: {
      ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...(SourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
    },
  };
}
