import { isDeepStrictEqual } from 'node:util';
import { secretsEndpointPolicy } from '../endpoint-policies';
import { checkNetwork } from './network';
import { EgressTemplate, ref, referred, type TemplateResource } from './template';

/** What the template of an egress stack must be. */
export interface EgressStackForm {
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** The hosts that it may reach, in the order of its rules. */
  readonly names: readonly string[];
  readonly region: string;
  /** The name of the endpoint of Secrets Manager. */
  readonly endpointName: string;
}

/** Types that decide what a network reaches. Security groups and functions are checked for where they are. */
const NETWORK = /^AWS::(?:EC2|NetworkFirewall|Route53Resolver|NetworkManager|VpcLattice|ElasticLoadBalancingV2)::/;
const ALLOWED = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'];

/**
 * How the template of an egress stack differs from its form, as clauses. Unlike synthesis, it sees the template alone: a use of the
 * network by another stack isn't seen.
 */
export function egressStackProblems({ resources, names, region, endpointName }: EgressStackForm): string[] {
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
  for (const [id, { Type, Properties = {} }] of Object.entries(resources)) {
    const isPart = !NETWORK.test(Type) || ALLOWED.includes(Type) || template.parts.has(id);
    template.require(isPart, `nothing else of a network may be in it, got ${Type} ${id}`);
    const { SubnetIds } = (Properties.VpcConfig ?? {}) as { SubnetIds?: unknown };
    const subnets = Array.isArray(SubnetIds) ? SubnetIds : SubnetIds === undefined ? [] : [SubnetIds];
    const isClient = subnets.every((subnet) => template.clients.has(referred(subnet)));
    template.require(isClient, `its functions must be in the client subnets, got ${id} in ${JSON.stringify(subnets)}`);
  }
  return template.problems;
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
