import type { Answerer, AwsAnswer, AwsCall } from '@/test/support/fake-aws';
import { whoAmI } from '@/test/support/fake-aws';

export const PROFILE = 'eu.amazon.nova-lite-v1:0';
export const REGIONS = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'];
export const CONFIG = `boundary: eu
name: exemple
alerts: [security@example.eu]
regions: { primary: eu-central-1 }
models: [{ id: assistant, destinations: [{ bedrock: '${PROFILE}' }, { bedrock: openai.gpt-oss-120b-1:0 }] }]
projects: [{ id: bot, models: [assistant], limits: { requestsPerMinute: 600 } }]
`;

/** An account in which nothing is missing, by service and action, or by service and path where there is no action. */
const ANSWERS: Readonly<Record<string, (call: AwsCall) => AwsAnswer>> = {
  'ec2 DescribeRegions': () => regions([...REGIONS, 'eu-south-1']),
  'ec2 DescribeVpcs': () => vpcs([]),
  'ec2 DescribeVpcEndpointServices': ({ region }) => offers(region),
  'cloudformation DescribeStacks': () => stacks([]),
  'cloudformation ListStackResources': () => ({ error: 'ValidationError' }),
  'dynamodb ListTables': () => ({ json: { TableNames: [] } }),
  'cloudtrail DescribeTrails': () => ({ json: { trailList: [{}] } }),
  'logs DescribeResourcePolicies': () => ({ json: { resourcePolicies: [{}, {}] } }),
  'ssm GetParameter': () => ({ json: { Parameter: { Name: 'version', Type: 'String', Value: '27' } } }),
  'bedrock GET /data-retention': () => ({ json: { mode: 'none', updatedAt: '2026-11-24T08:00:00Z' } }),
  'bedrock GET /trusted-access-programs': () => ({ json: { programSummaries: [] } }),
  'bedrock GET /v1/data_retention/storage/': () => ({ error: 'ResourceNotFoundException', status: 404 }),
  'bedrock GET /use-case-for-model-access': () => ({ json: { formData: 'e30=' } }),
  'bedrock GET /logging/modelinvocations': () => ({ json: {} }),
  'bedrock GET /inference-profiles': ({ path }) => profile(path.split('/').at(-1) ?? '', REGIONS),
  'bedrock GET /foundation-models/': ({ path }) => life(path.split('/').at(-1) ?? '', { status: 'ACTIVE' }),
  'bedrock GET /foundation-model-availability': ({ path }) => access(path.split('/').at(-1) ?? ''),
  'servicequotas GetServiceQuota': ({ body }) => ({
    json: { Quota: { Value: 1000, QuotaCode: JSON.parse(body).QuotaCode } },
  }),
  'servicequotas ListServiceQuotas': () => ({ json: { Quotas: QUOTAS } }),
  'apigateway GET /account': () => ({ json: {} }),
  'iam SimulatePrincipalPolicy': () => simulation(true),
  'iam GetAccountSummary': () => accountSummary(100, 1_000),
  'iam GetRole': () => ({
    xml:
      '<GetRoleResponse><GetRoleResult><Role><Path>/sso/</Path><RoleName>Deploy</RoleName><RoleId>AROA</RoleId>' +
      '<Arn>arn:aws:iam::111122223333:role/sso/Deploy</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role></GetRoleResult></GetRoleResponse>',
  }),
};

const healthyOf: Answerer = (call) => {
  const key = Object.keys(ANSWERS).find((name) => `${call.service} ${call.action}`.startsWith(name));
  return key === undefined ? undefined : ANSWERS[key]?.(call);
};

export const HEALTHY: readonly Answerer[] = [whoAmI, healthyOf];

/** Answers what begins like this otherwise, in one Region or in all. */
export const instead =
  (name: string, answer: AwsAnswer | ((call: AwsCall) => AwsAnswer), region?: string): Answerer =>
  (call) =>
    `${call.service} ${call.action}`.startsWith(name) && (region ?? call.region) === call.region
      ? typeof answer === 'function'
        ? answer(call)
        : answer
      : undefined;

const item = (name: string, status: string) =>
  `<item><regionName>${name}</regionName><optInStatus>${status}</optInStatus></item>`;

export const regions = (enabled: readonly string[], not: readonly string[] = []): AwsAnswer => ({
  xml: `<DescribeRegionsResponse><regionInfo>${enabled.map((code) => item(code, 'opt-in-not-required')).join('')}${not
    .map((code) => item(code, 'not-opted-in'))
    .join('')}</regionInfo></DescribeRegionsResponse>`,
});

/** Roles and their quota, as IAM counts them. */
export const accountSummary = (roles: number, quota: number): AwsAnswer => ({
  xml: `<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>Roles</key><value>${roles}</value></entry><entry><key>RolesQuota</key><value>${quota}</value></entry></SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>`,
});

/** VPCs by the deployment that their tag names, if any. */
export const vpcs = (deployments: readonly string[]): AwsAnswer => ({
  xml: `<DescribeVpcsResponse><vpcSet>${deployments
    .map(
      (name, index) =>
        `<item><vpcId>vpc-${index}</vpcId><tagSet><item><key>residency:deployment</key><value>${name}</value></item></tagSet></item>`,
    )
    .join('')}</vpcSet></DescribeVpcsResponse>`,
});

/** The zones in which a Region offers the interface endpoints of services, by default a to c for each. */
export const offers = (
  region: string,
  letters: Readonly<Record<string, string>> = { kms: 'abc', 'bedrock-runtime': 'abc', 'kms-fips': 'c' },
): AwsAnswer => ({
  xml: `<DescribeVpcEndpointServicesResponse><serviceDetailSet>${Object.entries(letters)
    .map(
      ([service, zones]) =>
        `<item><serviceName>com.amazonaws.${region}.${service}</serviceName><availabilityZoneSet>${[...zones]
          .map((letter) => `<item>${region}${letter}</item>`)
          .join('')}</availabilityZoneSet></item>`,
    )
    .join('')}</serviceDetailSet></DescribeVpcEndpointServicesResponse>`,
});

/** The endpoints of a VPC: its service, and fields as in EC2's answer. */
export const endpoints = (all: Readonly<Record<string, string>>): AwsAnswer => ({
  xml: `<DescribeVpcEndpointsResponse><vpcEndpointSet>${Object.entries(all)
    .map(
      ([service, fields]) =>
        `<item><vpcEndpointId>vpce-${service}</vpcEndpointId><serviceName>com.amazonaws.eu-central-1.${service}</serviceName>${fields}</item>`,
    )
    .join('')}</vpcEndpointSet></DescribeVpcEndpointsResponse>`,
});

/** Stacks by name, status and whether they are protected, with the tag of a deployment. */
export const stacks = (all: readonly (readonly [string, string, boolean])[], deployment = 'exemple'): AwsAnswer => ({
  xml: `<DescribeStacksResponse><DescribeStacksResult><Stacks>${all
    .map(
      ([name, status, isProtected]) =>
        `<member><StackName>${name}</StackName><StackStatus>${status}</StackStatus><CreationTime>2026-11-01T00:00:00Z</CreationTime>` +
        `<EnableTerminationProtection>${isProtected}</EnableTerminationProtection>` +
        `<Description>EU residency, ${deployment}: network (boundary eu)</Description></member>`,
    )
    .join('')}</Stacks></DescribeStacksResult></DescribeStacksResponse>`,
});

export const profile = (id: string, leadsTo: readonly string[]): AwsAnswer => ({
  json: {
    inferenceProfileName: id,
    inferenceProfileArn: `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${id}`,
    inferenceProfileId: id,
    status: 'ACTIVE',
    type: 'SYSTEM_DEFINED',
    models: leadsTo.map((code) => ({ modelArn: `arn:aws:bedrock:${code}::foundation-model/${id.slice(3)}` })),
  },
});

export const access = (modelId: string, over: object = {}): AwsAnswer => ({
  json: {
    modelId,
    agreementAvailability: { status: 'AVAILABLE' },
    authorizationStatus: 'AUTHORIZED',
    entitlementAvailability: 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
    ...over,
  },
});

export const life = (modelId: string, modelLifecycle: object): AwsAnswer => ({
  json: {
    modelDetails: { modelArn: `arn:aws:bedrock:eu-central-1::foundation-model/${modelId}`, modelId, modelLifecycle },
  },
});

const quota = (QuotaName: string, Value: number, QuotaCode: string) => ({
  ServiceCode: 'bedrock',
  QuotaName,
  Value,
  QuotaCode,
});

export const QUOTAS = [
  quota('Cross-region model inference tokens per minute for Amazon Nova Lite', 200_000, 'L-1'),
  quota('Cross-region model inference requests per minute for Amazon Nova Lite', 1_000, 'L-2'),
  quota('On-demand model inference tokens per minute for Amazon Nova Lite', 0, 'L-3'),
  quota('On-demand model inference tokens per minute for OpenAI GPT OSS 120B', 100_000, 'L-4'),
];

export const simulation = (allowed: boolean): AwsAnswer => ({
  xml: `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member>
    <EvalActionName>bedrock:InvokeModel</EvalActionName><EvalDecision>${allowed ? 'allowed' : 'explicitDeny'}</EvalDecision>
    <OrganizationsDecisionDetail><AllowedByOrganizations>${allowed}</AllowedByOrganizations></OrganizationsDecisionDetail>
    </member></EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
});
