import { isDeepStrictEqual } from 'node:util';
import { secretsEndpointPolicy } from '../endpoint-policies';
import { namedIn } from '../named-by';
import { checkAliases, checkFunction } from './function';
import { checkNetwork } from './network';
import { checkSecrets } from './secrets';
import { EgressTemplate, ref, type TemplateResource } from './template';
import { mayUse } from './uses';

/** What the template of an egress stack must be. */
export interface EgressStackForm {
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** The hosts that it may reach, in the order of its rules. */
  readonly names: readonly string[];
  readonly region: string;
  /** The name of the endpoint of Secrets Manager. */
  readonly endpointName: string;
  /** The name of its function, and of the aliases by which gateways call it. */
  readonly functionName: string;
  readonly aliases: readonly string[];
}

/** Types that decide what a network reaches, and who calls its function. Security groups are checked for where they are. */
const NETWORK =
  /^AWS::(?:EC2|Lambda|NetworkFirewall|Route53Resolver|NetworkManager|VpcLattice|ElasticLoadBalancingV2)::/;
const ALLOWED = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'];

/**
 * How the template of an egress stack differs from its form, as clauses. Unlike synthesis, it sees the template alone: a use of the
 * network by another stack isn't seen.
 */
export function egressStackProblems(form: EgressStackForm): string[] {
  const { resources, names, region, endpointName } = form;
  const template = new EgressTemplate(resources);
  const ofType = (type: string) => Object.keys(resources).filter((id) => resources[id]?.Type === type);
  const [vpc = '', ...others] = ofType('AWS::EC2::VPC');
  if (vpc === '' || others.length > 0) return [`it must have one VPC, got ${vpc === '' ? 'none' : others.length + 1}`];
  const endpoint = {
    serviceName: `com.amazonaws.${region}.secretsmanager`,
    statements: statementsOf(resources, ofType),
    hostName: endpointName,
  };
  checkNetwork(template, vpc, names, endpoint);
  const called = checkFunction(template, form.functionName);
  if (called !== undefined) {
    checkAliases(template, called, form.aliases);
    checkSecrets(template, called, ofType('AWS::SecretsManager::Secret'));
  }
  for (const [id, resource] of Object.entries(resources)) {
    if (!template.parts.has(id)) requireElsewhere(template, vpc, id, resource);
  }
  return template.problems;
}

/** Requires that a resource, which isn't a part, is none of a network, and uses no part of it. */
function requireElsewhere(template: EgressTemplate, vpc: string, id: string, resource: TemplateResource): void {
  const { Type, Properties = {} } = resource;
  // The function of CDK that closes the default security group is in no network.
  const isOutside = Type === 'AWS::Lambda::Function' && Properties.VpcConfig === undefined;
  const isAllowed = !NETWORK.test(Type) || ALLOWED.includes(Type) || isOutside;
  template.require(isAllowed, `nothing else of a network or a function may be in it, got ${Type} ${id}`);
  if (!isAllowed) return;
  const use = [...namedIn(Properties)].find(
    ({ path, logicalId }) =>
      template.parts.has(logicalId) &&
      !mayUse(Type, path, { isVpc: logicalId === vpc, isClient: template.clients.has(logicalId) }),
  );
  const got = use && `${Type} ${id}, whose ${use.path.join('.')} names ${use.logicalId}`;
  template.require(use === undefined, `nothing else may use its network or its function, got ${got}`);
}

/** The statements of the endpoint's policy: for the secrets of the stack, and principals of one account. */
function statementsOf(
  resources: EgressStackForm['resources'],
  ofType: (type: string) => readonly string[],
): readonly unknown[] {
  const secrets = ofType('AWS::SecretsManager::Secret').map(ref);
  const [id = ''] = ofType('AWS::EC2::VPCEndpoint');
  const { Statement } = (resources[id]?.Properties?.PolicyDocument ?? {}) as {
    Statement?: { Condition?: { StringEquals?: Record<string, unknown> } }[];
  };
  const found = Statement?.[0]?.Condition?.StringEquals?.['aws:PrincipalAccount'];
  const isOne = isDeepStrictEqual(found, ref('AWS::AccountId')) || /^\d{12}$/.test(`${found}`);
  return secretsEndpointPolicy('', []).Statement.map((statement) => ({
    ...statement,
    Action: statement.Action[0],
    Resource: secrets.length === 1 ? secrets[0] : secrets,
    Condition: { StringEquals: { 'aws:PrincipalAccount': isOne ? found : 'the account' } },
  }));
}
