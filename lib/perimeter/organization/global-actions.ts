/** An action of a control plane whose only Region may be outside the boundary, and which carries no content. */
export interface GlobalAction {
  /** The actions, in IAM's form: `iam:*`. */
  readonly action: string;
  /** Why a request for it may be outside the boundary, and what it carries. */
  readonly reason: string;
  readonly source: string;
  readonly asOf: string;
}

const GENERAL = 'https://docs.aws.amazon.com/general/latest/gr';

const REGIONS_OF_ACCOUNTS = {
  source: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
  asOf: '2026-11-24',
} as const;

const MODEL_ACCESS = {
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html',
  asOf: '2026-12-01',
} as const;

const QUOTAS = {
  source: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html',
  asOf: '2026-11-30',
} as const;

/** The only actions that a perimeter's denial of Regions doesn't cover. */
export const GLOBAL_ACTIONS: readonly GlobalAction[] = [
  {
    action: 'account:EnableRegion',
    reason: 'One control plane. Carries the code of a Region, and another statement denies those outside the boundary.',
    ...REGIONS_OF_ACCOUNTS,
  },
  {
    action: 'account:GetRegionOptStatus',
    reason: 'One control plane. Carries the code of a Region.',
    ...REGIONS_OF_ACCOUNTS,
  },
  { action: 'account:ListRegions', reason: 'One control plane. Carries codes of Regions.', ...REGIONS_OF_ACCOUNTS },
  {
    action: 'aws-marketplace:Subscribe',
    reason: 'One control plane. A model of another maker needs a subscription: carries a product and its terms.',
    ...MODEL_ACCESS,
  },
  {
    action: 'aws-marketplace:Unsubscribe',
    reason: 'One control plane. Carries a product.',
    ...MODEL_ACCESS,
  },
  {
    action: 'aws-marketplace:ViewSubscriptions',
    reason: 'One control plane. Carries products.',
    ...MODEL_ACCESS,
  },
  {
    action: 'health:Describe*',
    reason: "Served from two Regions in the USA. Reads AWS's own events.",
    source: `${GENERAL}/awshealth.html`,
    asOf: '2026-12-01',
  },
  {
    action: 'iam:*',
    reason: 'One control plane for each partition. Carries names, tags and descriptions of users, roles and policies.',
    source: `${GENERAL}/iam-service.html`,
    asOf: '2026-11-24',
  },
  {
    action: 'organizations:*',
    reason: 'One control plane for each partition. Carries names of accounts and policies.',
    source: `${GENERAL}/ao.html`,
    asOf: '2026-11-24',
  },
  {
    action: 'route53:*',
    reason: 'One control plane for each partition. Carries names and addresses of hosts.',
    source: `${GENERAL}/r53.html`,
    asOf: '2026-11-24',
  },
  {
    action: 'servicequotas:Get*',
    reason: 'Quotas of IAM and Organizations can be read in the home Region only. Carries numbers.',
    ...QUOTAS,
  },
  {
    action: 'servicequotas:List*',
    reason: 'Quotas of IAM and Organizations can be read in the home Region only. Carries numbers.',
    ...QUOTAS,
  },
  {
    action: 'servicequotas:RequestServiceQuotaIncrease',
    reason: 'Quotas of IAM and Organizations can be raised in the home Region only. Carries numbers.',
    ...QUOTAS,
  },
  {
    action: 'support:*',
    reason:
      'One control plane for nearly all Regions. Carries what people write to AWS; another statement denies attachments.',
    source: `${GENERAL}/awssupport.html`,
    asOf: '2026-12-01',
  },
];
