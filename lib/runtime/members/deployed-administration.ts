import { ResidencyBoundary } from '../../boundary/boundary';
import { cognitoIssuer } from '../../boundary/cognito-issuer';
import type { MembersVariables } from '../../contract/environment';
import type { MembersPolicy } from '../../contract/policies/members-policy';
import { GROUPS_CLAIMS } from '../../contract/roles';
import { cognitoClient } from '../aws/cognito-client';
import { dynamodbClient } from '../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { logsClient } from '../aws/logs-client';
import { roleCredentials } from '../aws/role-credentials';
import { tableOf } from '../aws/table';
import { DirectoryRoles } from '../directory/directory-roles';
import { crossOrigin } from '../http/handler/cross-origin';
import type { FetchHandler } from '../http/handler/request-env';
import type { ApiPolicy } from '../http/records/api-policy';
import { CloudWatchRecords } from '../records/cloudwatch-records';
import { LinkedRecords } from '../records/linked-records';
import { DynamoDbMemberUsage } from '../records/member-usage';
import { DynamoDbRecordLinks } from '../records/record-links';
import { isRecordsPath, recordsGateway } from '../records/records-gateway';
import { deployedMembers } from '../workspace/identity/deployed-members';
import { memberAdmin } from './admin';
import { CognitoPool } from './cognito-pool';
import { DirectoryMembers } from './directory-members';
import { type MemberList, NO_SESSION_CONTROL } from './member-list';
import { DynamoDbMembershipLedger } from './membership-ledger';
import { PoolMembers } from './pool-members';
import { ProviderMembers } from './provider-members';
import { DynamoDbSuspensionLedger } from './suspension-ledger';

/**
 * The administration of the members of a deployed workspace, and its records for auditors.
 *
 * @throws if the environment doesn't name the pool, its client, the tables and the log groups, or one is outside the boundary
 */
export function deployedAdministration(
  policy: MembersPolicy,
  environment: EnvironmentOf<MembersVariables>,
): FetchHandler {
  const boundary = ResidencyBoundary.parse(policy.boundary);
  const apiPolicy: ApiPolicy = {
    boundary,
    keepsContent: true,
    tenant: { kind: 'workspace', ids: [policy.workspace] },
  };
  const allowing = (role: 'admin' | 'auditor') => [
    crossOrigin(policy.corsOrigins),
    deployedMembers(boundary, policy.identity, environment, { roleFor: () => role }),
  ];
  const administrators = allowing('admin');
  const auditors = allowing('auditor');
  const { USER_POOL_ID = '' } = environment;
  const tableIn = (
    variable: 'DIRECTORY_TABLE_ARN' | 'SUSPENSIONS_TABLE_ARN' | 'RECORD_LINKS_TABLE_ARN' | 'USAGE_TABLE_ARN',
  ) => {
    const { region, name } = tableOf(environment[variable]) ?? {};
    if (region === undefined || name === undefined) {
      throw new Error(`the administration can't start: '${variable}' must be the ARN of its table; deploy it again`);
    }
    const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
    return { client: dynamodbClient(region, endpoint, credentials), name };
  };
  // A pool outside the boundary has been refused before.
  const poolRegion = new URL(cognitoIssuer(boundary, USER_POOL_ID)).hostname.split('.')[1] ?? '';
  const credentials = () => roleCredentials(environment);
  const client = cognitoClient(
    poolRegion,
    storeEndpoint(boundary, 'cognito-idp', poolRegion, environment),
    credentials,
  );
  const pool = new CognitoPool(client, USER_POOL_ID);
  const table = tableIn('SUSPENSIONS_TABLE_ARN');
  const { scim: bySystem, groups } = policy.identity;
  const members = memberAdmin({
    policy: apiPolicy,
    members: bySystem
      ? new DirectoryMembers(new DirectoryRoles(tableIn('DIRECTORY_TABLE_ARN'), groups), groups)
      : listOf(policy, pool),
    suspensions: new DynamoDbSuspensionLedger(table),
    memberships: new DynamoDbMembershipLedger(table),
    // The name of a user of the directory isn't that of the pool's user; the record of suspensions blocks them.
    sessions: policy.isShared || bySystem ? NO_SESSION_CONTROL : pool,
    middleware: administrators,
  });
  const logs = logsClient(poolRegion, storeEndpoint(boundary, 'logs', poolRegion, environment), credentials);
  const written = new CloudWatchRecords(logs, logGroupsOf(environment));
  const { perMember } = policy;
  const records = recordsGateway({
    policy: apiPolicy,
    middleware: auditors,
    // Without the declaration, the role may read neither the links of records to members nor the counts of members.
    ...(perMember === undefined
      ? { records: written }
      : {
          records: new LinkedRecords(written, new DynamoDbRecordLinks(tableIn('RECORD_LINKS_TABLE_ARN'))),
          perMember,
          usage: new DynamoDbMemberUsage(tableIn('USAGE_TABLE_ARN'), policy.workspace),
        }),
  });
  const isRecords = ({ url }: Request) => isRecordsPath(new URL(url).pathname);
  return { fetch: (request) => (isRecords(request) ? records : members).fetch(request) };
}

/** The function's own log group contains the acts. Lambda sets its name. */
function logGroupsOf(environment: EnvironmentOf<MembersVariables>) {
  const { AWS_LAMBDA_LOG_GROUP_NAME: acts, REQUESTS_LOG_GROUP: requests, RIGHTS_LOG_GROUP: rights } = environment;
  if (acts && requests && rights) return { acts, requests, rights };
  throw new Error(
    "the administration can't start: 'REQUESTS_LOG_GROUP' and 'RIGHTS_LOG_GROUP' must name the log groups of the gateway and of " +
      "rights, and 'AWS_LAMBDA_LOG_GROUP_NAME' its own, as in a Lambda function; deploy it again",
  );
}

function listOf({ identity, isShared }: MembersPolicy, pool: CognitoPool): MemberList {
  const { groupsClaim, groups } = identity;
  if (groupsClaim === GROUPS_CLAIMS.provider) return new ProviderMembers(pool, groups);
  const [member = '', admin = '', auditor = ''] = [groups.member[0], groups.admin[0], groups.auditor[0]];
  return new PoolMembers({ pool, groups: { member, admin, auditor }, isShared });
}
