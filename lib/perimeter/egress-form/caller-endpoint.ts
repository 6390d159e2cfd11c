import { lambdaEndpointPolicy } from '../endpoint-policies';
import { difference } from './difference';
import { ENDPOINT_PROPERTIES } from './endpoint';
import { EgressTemplate, type TemplateResource } from './template';

/** The way of gateways to the function of an egress, which the foundation's template has. */
export interface CallerEndpointForm {
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly region: string;
  /** The name of the function, and of the aliases by which gateways call it. */
  readonly functionName: string;
  readonly aliases: readonly string[];
  /** What the names of the roles begin with that may call it. */
  readonly callers: string;
  /** Whether the owner of the VPC has the endpoint, and is responsible for its policy: then the template has none. */
  readonly isExisting: boolean;
}

const TYPE = 'AWS::EC2::VPCEndpoint';

/**
 * How the endpoint of Lambda differs from its form, as clauses. Code in the gateways' network could run functions that reach the internet
 * through one that names more functions, or serves other principals.
 */
export function callerEndpointProblems(form: CallerEndpointForm): string[] {
  const { resources, region, isExisting } = form;
  const template = new EgressTemplate(resources);
  const found = Object.keys(resources).filter((id) => isOfLambda(resources[id]));
  const [id = ''] = found;
  const most = isExisting ? 'no endpoint of Lambda, because the VPC has its own' : 'one endpoint of Lambda';
  template.require(
    found.length === (isExisting ? 0 : 1),
    `the network of gateways must have ${most}, got ${found.join(', ') || 'none'}`,
  );
  if (isExisting || found.length !== 1) return template.problems;
  template.requireForm(id, 'the endpoint of Lambda', TYPE, {
    ServiceName: `com.amazonaws.${region}.lambda`,
    PrivateDnsEnabled: true,
    VpcEndpointType: 'Interface',
  });
  const policy = asText(template.properties(id).PolicyDocument);
  const differs = difference('PolicyDocument', policyOf(form, policy), policy);
  template.require(
    differs === undefined,
    `the endpoint of Lambda must serve the egress function alone, and the roles of the deployment, got ${differs}`,
  );
  template.requireOnly(id, ...ENDPOINT_PROPERTIES);
  return template.problems;
}

/** A name that is known only at deployment, or of another Region, may be Lambda's too. */
const isOfLambda = (resource: TemplateResource | undefined): boolean => {
  if (resource?.Type !== TYPE) return false;
  const { ServiceName } = resource.Properties ?? {};
  return /lambda/i.test(JSON.stringify(ServiceName ?? ''));
};

/** The policy as synthesis writes it, with the account and the partition as the template has them. */
function policyOf({ region, functionName, aliases, callers }: CallerEndpointForm, found: unknown): unknown {
  const { Condition, Resource } = ((found as Loose)?.Statement?.[0] ?? {}) as Loose;
  const [, partition = 'aws', ofFunctions = 'the account'] = ARN.exec(`${[Resource].flat()[0]}`) ?? [];
  const ofPrincipals = `${Condition?.StringEquals?.['aws:PrincipalAccount']}`;
  const account = ACCOUNT.test(ofPrincipals) ? ofPrincipals : ofFunctions;
  const functions = aliases.map(
    (alias) => `arn:${partition}:lambda:${region}:${account}:function:${functionName}:${alias}`,
  );
  const { Version, Statement } = lambdaEndpointPolicy(account, functions, [
    `arn:${partition}:iam::${account}:role/${callers}*`,
  ]);
  // CDK writes one action without a list.
  return { Version, Statement: Statement.map((statement) => ({ ...statement, Action: statement.Action[0] })) };
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the template has
type Loose = any;

/** One account, and the partition and account of a function, as numbers and names or as parameters. */
const ACCOUNT = /^(?:\d{12}|<AWS::AccountId>)$/;
const ARN = /^arn:(aws(?:-[a-z]+)*|<AWS::Partition>):lambda:[a-z0-9-]+:(\d{12}|<AWS::AccountId>):/;

/** A value in which texts with parameters of CloudFormation's own are plain: `<AWS::AccountId>`. Any other function stays. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = [], ...others] = Object.entries(value);
  if (others.length === 0 && name === 'Ref' && /^AWS::(AccountId|Partition)$/.test(`${argument}`))
    return `<${argument}>`;
  if (others.length === 0 && name === 'Fn::Join' && Array.isArray(argument) && argument[0] === '') {
    const parts = asText(argument[1]);
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string')) return parts.join('');
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asText(part)]));
}
