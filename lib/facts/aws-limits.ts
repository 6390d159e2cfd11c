/** A limit of AWS that no account can raise. */
export interface AwsLimit {
  readonly most: number;
  /** What is counted. */
  readonly unit: string;
  readonly source: string;
  readonly asOf: string;
}

const limit = (most: number, unit: string, source: string): AwsLimit => ({
  most,
  unit,
  source: `https://docs.aws.amazon.com/${source}`,
  asOf: '2026-11-30',
});

const CLOUDFORMATION = 'AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const IAM = 'IAM/latest/UserGuide/reference_iam-quotas.html';
const NETWORK_FIREWALL = 'network-firewall/latest/developerguide/quotas.html';
const ORGANIZATIONS = 'organizations/latest/userguide/orgs_reference_limits.html';

/** The limits that a template can exceed. */
export const AWS_LIMITS = {
  resources: limit(500, 'resources', CLOUDFORMATION),
  outputs: limit(200, 'outputs', CLOUDFORMATION),
  parameters: limit(200, 'parameters', CLOUDFORMATION),
  template: limit(1_000_000, 'bytes', CLOUDFORMATION),
  inlinePolicies: limit(10_240, 'characters', IAM),
  managedPolicy: limit(6_144, 'characters', IAM),
  keyPolicy: limit(32_768, 'bytes', 'kms/latest/developerguide/resource-limits.html'),
  bucketPolicy: limit(20_480, 'bytes', 'AmazonS3/latest/userguide/using-iam-policies.html'),
  tablePolicy: limit(20_480, 'bytes', 'amazondynamodb/latest/APIReference/API_PutResourcePolicy.html'),
  endpointPolicy: limit(20_480, 'characters', 'vpc/latest/privatelink/vpc-limits-endpoints.html'),
  logPolicy: limit(5_120, 'characters', 'step-functions/latest/dg/bp-cwl.html'),
  trailValues: limit(500, 'values', 'awscloudtrail/latest/APIReference/API_PutEventSelectors.html'),
  firewallRule: limit(8_192, 'characters', NETWORK_FIREWALL),
  firewallRules: limit(2_000_000, 'bytes', NETWORK_FIREWALL),
  variables: limit(4_096, 'bytes', 'lambda/latest/dg/gettingstarted-limits.html'),
} as const;

/** The announcement of 2026-05-15, as reported: AWS's page of quotas couldn't be read since. It doesn't name the sovereign partition. */
const raised = (most: number, unit: string): AwsLimit => ({
  most,
  unit,
  source: 'https://cevo.com.au/post/aws-scp-limits-landing-zone-review/',
  asOf: '2026-05-15',
});

/** The limits of policies of AWS Organizations, and the raised ones of SCPs. */
export const ORGANIZATION_LIMITS = {
  controlPolicy: limit(5_120, 'characters', ORGANIZATIONS),
  controlPolicyRaised: raised(10_240, 'characters'),
  attachedControlPolicies: limit(5, 'policies', ORGANIZATIONS),
  attachedControlPoliciesRaised: raised(10, 'policies'),
  aiOptOutPolicy: limit(2_500, 'characters', ORGANIZATIONS),
} as const;

/** A limit's name. */
export type AwsLimitName = keyof typeof AWS_LIMITS;
