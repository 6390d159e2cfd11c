import { DEPLOYMENT_TAG } from '@/lib/perimeter/organization/principals';
import { ABSENT, type Context } from '../calls/row';
import { MANAGEMENT_ACCOUNT, ORGANIZATION } from './sets';

/** An account of the organization, another one of it, its management account, and one outside. */
export const ACCOUNTS = {
  own: '111122223333',
  tenant: '444455556666',
  management: MANAGEMENT_ACCOUNT,
  foreign: '999988887777',
} as const;

export type AccountName = keyof typeof ACCOUNTS;

const ORGANIZATIONS: Readonly<Record<AccountName, string>> = {
  own: ORGANIZATION,
  tenant: ORGANIZATION,
  management: ORGANIZATION,
  foreign: 'o-foreignorgid',
};

/** Who sends a request. */
export interface Principal {
  /** An ARN with `{partition}`, a principal of a service, or `anonymous`. */
  readonly arn: string;
  /** Its account; none if it has none. */
  readonly account?: AccountName;
  /** The deployment that made it, by its tag; none if no deployment did. */
  readonly deployment?: string;
  /** Whether policies of the organization don't bind it: a service, or a role that a service uses by itself. */
  readonly isUnbound?: true;
}

const role = (name: string, account: AccountName = 'own'): Principal => ({
  arn: `arn:{partition}:iam::${ACCOUNTS[account]}:role/${name}`,
  account,
});

/** Each has every permission in IAM, so that only the perimeter decides. */
export const PRINCIPALS = {
  administrator: role('Administrator'),
  /** A role that a deployment made for a function. */
  workload: { ...role('exemple-foundation-Gateway'), deployment: 'exemple' },
  /** The role with which CloudFormation deploys, after `cdk bootstrap`. */
  deployer: role('cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1'),
  /** A person who bootstraps accounts. A perimeter's `deployRoles` must list the role. */
  bootstrapper: role('AWSReservedSSO_Bootstrap_0123456789abcdef'),
  /** The roles with which the CDK CLI deploys and publishes. */
  cli: role('cdk-hnb659fds-deploy-role-111122223333-eu-central-1'),
  publisher: role('cdk-hnb659fds-file-publishing-role-111122223333-eu-central-1'),
  /** The role by which Control Tower sets up an account, and that from which it is assumed. */
  controlTower: role('AWSControlTowerExecution'),
  management: { ...role('service-role/AWSControlTowerStackSetRole', 'management'), isUnbound: true },
  /** The role by which StackSets with permissions of the service deploy. */
  stackSets: role('stacksets-exec-0123456789abcdef0123456789abcdef'),
  /** A role whose name contains the deployer's. */
  impostor: role('my-cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1'),
  /** An administrator of another account of the organization. */
  neighbour: role('Administrator', 'tenant'),
  outsider: role('Administrator', 'foreign'),
  user: { arn: `arn:{partition}:iam::${ACCOUNTS.own}:user/ada`, account: 'own' },
  root: { arn: `arn:{partition}:iam::${ACCOUNTS.own}:root`, account: 'own' },
  serviceLinked: {
    ...role('aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication'),
    isUnbound: true,
  },
  service: { arn: 'delivery.logs.amazonaws.com', isUnbound: true },
  anonymous: { arn: 'anonymous', isUnbound: true },
} satisfies Readonly<Record<string, Principal>>;

export type PrincipalName = keyof typeof PRINCIPALS;

/** Through what a request comes: the internet, an endpoint of a VPC, or a service that the principal called. */
export type Via = 'internet' | 'vpc' | 'service';

const NETWORKS: Readonly<Record<Via, Context>> = {
  internet: {
    'aws:SourceIp': '203.0.113.7',
    'aws:SourceVpc': ABSENT,
    'aws:SourceVpce': ABSENT,
    'aws:VpcSourceIp': ABSENT,
    'aws:ViaAWSService': 'false',
    'aws:CalledVia': ABSENT,
    'aws:CalledViaFirst': ABSENT,
    'aws:CalledViaLast': ABSENT,
  },
  vpc: {
    'aws:SourceIp': ABSENT,
    'aws:SourceVpc': 'vpc-0123456789abcdef0',
    'aws:SourceVpce': 'vpce-0123456789abcdef0',
    'aws:VpcSourceIp': '10.0.1.7',
    'aws:ViaAWSService': 'false',
    'aws:CalledVia': ABSENT,
    'aws:CalledViaFirst': ABSENT,
    'aws:CalledViaLast': ABSENT,
  },
  service: {
    'aws:SourceIp': ABSENT,
    'aws:SourceVpc': ABSENT,
    'aws:SourceVpce': ABSENT,
    'aws:VpcSourceIp': ABSENT,
    'aws:ViaAWSService': 'true',
    'aws:CalledVia': ['cloudformation.amazonaws.com'],
    'aws:CalledViaFirst': 'cloudformation.amazonaws.com',
    'aws:CalledViaLast': 'cloudformation.amazonaws.com',
  },
};

/** The condition keys that a request has because of its sender and its way. */
export const keysOfSender = (principal: Principal, via: Via): Context => ({
  ...NETWORKS[via],
  'aws:SecureTransport': 'true',
  [`aws:PrincipalTag/${DEPLOYMENT_TAG}`]: principal.deployment ?? ABSENT,
  'aws:PrincipalIsAWSService': `${principal === PRINCIPALS.service}`,
  // Keys of a request that a service makes by itself. A row of a service sets them.
  'aws:SourceArn': ABSENT,
  'aws:SourceAccount': ABSENT,
  'aws:SourceOrgID': ABSENT,
  'aws:SourceOrgPaths': ABSENT,
  'aws:PrincipalServiceName': principal === PRINCIPALS.service ? principal.arn : ABSENT,
  ...(principal.account === undefined
    ? {
        'aws:PrincipalArn': ABSENT,
        'aws:PrincipalAccount': ABSENT,
        'aws:PrincipalOrgID': ABSENT,
        'aws:PrincipalOrgPaths': ABSENT,
      }
    : {
        'aws:PrincipalArn': principal.arn,
        'aws:PrincipalAccount': ACCOUNTS[principal.account],
        'aws:PrincipalOrgID': ORGANIZATIONS[principal.account],
        'aws:PrincipalOrgPaths': [`${ORGANIZATIONS[principal.account]}/r-root/`],
      }),
});

/** The condition keys of the account that owns a request's resource, and those of tags: a row says so if there are any. */
export const keysOfOwner = (owner: AccountName): Context => ({
  'aws:TagKeys': ABSENT,
  [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: ABSENT,
  'aws:ResourceAccount': ACCOUNTS[owner],
  'aws:ResourceOrgID': ORGANIZATIONS[owner],
  'aws:ResourceOrgPaths': [`${ORGANIZATIONS[owner]}/r-root/`],
});
