import type { Mutation } from './mutation';

const FILES = 'lib/constructs/stores/file-store.ts';
const CONVERSATIONS = 'lib/constructs/stores/conversation-store.ts';
const BUCKET = 'lib/constructs/foundation/encrypted-bucket.ts';
const KEY = 'lib/constructs/keys/residency-key.ts';
const API = 'lib/constructs/gateway/inference-api.ts';
const BEDROCK = 'lib/perimeter/bedrock-statements.ts';
const DOMAIN = 'lib/constructs/gateway/api-domain.ts';
const POOL = 'lib/constructs/members/member-pool.ts';
const GRANTS = 'lib/constructs/rights/rights-grants.ts';

const ofFiles = ['test/constructs/stores/file-store.test.ts'];
const ofConversations = ['test/constructs/stores/conversation-store.test.ts'];
const ofKey = ['test/constructs/keys/residency-key.test.ts'];
const ofApi = ['test/constructs/gateway/inference-api.test.ts'];
const ofDomain = ['test/constructs/gateway/api-domain.long.test.ts'];
const ofFoundation = ['test/constructs/foundation/foundation.long.test.ts'];
const ofBedrock = ['test/perimeter/bedrock-statements.test.ts'];
const ofMembers = ['test/constructs/members/workspace-members.long.test.ts'];
const ofRightsRoles = ['test/constructs/rights/workspace-rights.long.test.ts'];

/** Mutations that each break one promise of the templates and their policies. */
export const OF_TEMPLATES: readonly Mutation[] = [
  {
    name: 'conversations without point-in-time recovery',
    file: CONVERSATIONS,
    text: 'pointInTimeRecoveryEnabled: true',
    replacement: 'pointInTimeRecoveryEnabled: false',
    tests: ofConversations,
  },
  {
    name: 'conversations under an AWS owned key',
    file: CONVERSATIONS,
    text:
      'dynamodb.TableEncryptionV2.customerManagedKey(\n' +
      '        keyForTable(this.encryptionKey),\n' +
      '        props.recovery && { [props.recovery.region]: acrossRegions(props.recovery.encryptionKey.keyArn) },\n' +
      '      ),',
    replacement: 'dynamodb.TableEncryptionV2.dynamoOwnedKey(),',
    tests: ofConversations,
  },
  {
    name: 'conversations without deletion protection',
    file: CONVERSATIONS,
    text: 'deletionProtection: true',
    replacement: 'deletionProtection: false',
    tests: ofConversations,
  },
  {
    name: 'conversations deleted with their stack',
    file: CONVERSATIONS,
    text: 'removalPolicy: ALWAYS_RETAINED',
    replacement: "removalPolicy: 'destroy' as never",
    tests: ofConversations,
  },
  {
    name: 'conversations replicated to Virginia',
    file: CONVERSATIONS,
    text:
      'props.recovery && { [props.recovery.region]: acrossRegions(props.recovery.encryptionKey.keyArn) },\n' +
      '      ),\n' +
      '      replicas: props.recovery && [{ region: props.recovery.region }],',
    replacement:
      "{ 'us-east-1': 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555' },\n" +
      "      ),\n      replicas: [{ region: 'us-east-1' }],",
    tests: ofConversations,
  },
  {
    name: 'files retained forever',
    file: FILES,
    text: "...(expiration ? [{ id: 'Retention', expiration, tagFilters: { [EXPIRY_TAG.key]: EXPIRY_TAG.value } }] : []),",
    replacement: '',
    tests: ofFiles,
  },
  {
    name: 'files that every principal may read',
    file: BUCKET,
    text: "this.deny('CallersKeys',",
    replacement:
      "this.bucket.addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], principals: [new iam.AnyPrincipal()], " +
      "resources: [this.bucket.arnForObjects('*')] }));\n    this.deny('CallersKeys',",
    tests: ofFiles,
  },
  {
    name: "files copied outside their store's boundary",
    file: 'lib/constructs/shared/require-inside.ts',
    text: 'if (boundary.containsRegion(region) && region !== own) return;',
    replacement: 'if (region !== own) return;',
    tests: ofFiles,
  },
  {
    name: 'a bucket that can be made public',
    file: BUCKET,
    text: 's3.BlockPublicAccess.BLOCK_ALL',
    replacement: 's3.BlockPublicAccess.BLOCK_ACLS_ONLY',
    tests: ofFiles,
  },
  {
    name: 'a bucket that is reachable without TLS',
    file: BUCKET,
    text: 'enforceSSL: true,\n      minimumTLSVersion: 1.2,',
    replacement: 'enforceSSL: false,',
    tests: ofFiles,
  },
  {
    name: 'a key that is never rotated',
    file: KEY,
    text: 'enableKeyRotation: true',
    replacement: 'enableKeyRotation: false',
    tests: ofKey,
  },
  {
    name: 'a key that can be replicated to any Region',
    file: KEY,
    text: 'multiRegion: false',
    replacement: 'multiRegion: true',
    tests: ofKey,
  },
  {
    name: 'a key that the account root can decrypt with',
    file: 'lib/constructs/keys/key-policy.ts',
    text: "  'kms:CreateAlias',",
    replacement: "  'kms:CreateAlias',\n  'kms:Decrypt',",
    tests: ofKey,
  },
  {
    name: 'a gateway that may do anything with Bedrock',
    file: BEDROCK,
    text: "['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream']",
    replacement: "['bedrock:*']",
    tests: ofBedrock,
  },
  {
    name: 'a gateway that may call a model in any Region',
    file: BEDROCK,
    text: '`arn:${partition}:bedrock:${known(partition, region)}::foundation-model/',
    replacement: '`arn:${known(partition, region) && partition}:bedrock:*::foundation-model/',
    tests: ofBedrock,
  },
  {
    name: 'a gateway that may call models without its profile',
    file: BEDROCK,
    text: "Condition: { StringEquals: { 'bedrock:InferenceProfileArn': profile } },",
    replacement: '',
    tests: ofBedrock,
  },
  {
    name: 'a gateway outside the VPC',
    file: 'lib/constructs/gateway/gateway-function.ts',
    text: '      vpc: props.vpc,\n      vpcSubnets: props.vpcSubnets,\n      securityGroups: props.securityGroups,\n',
    replacement: '',
    tests: ['test/constructs/gateway/gateway-function.long.test.ts'],
  },
  {
    name: "an API at CloudFront's edge locations",
    file: API,
    text: 'apigateway.EndpointType.REGIONAL',
    replacement: 'apigateway.EndpointType.EDGE',
    tests: ofApi,
  },
  {
    name: "a domain at CloudFront's edge locations",
    file: DOMAIN,
    text: 'apigateway.EndpointType.REGIONAL',
    replacement: 'apigateway.EndpointType.EDGE',
    tests: ofDomain,
  },
  {
    name: 'an API that is reachable without its domain',
    file: API,
    text: '...(props.host && { disableExecuteApiEndpoint: true }),',
    replacement: '',
    tests: ofDomain,
  },
  {
    name: 'an API that writes prompts to its log',
    file: API,
    text: 'dataTraceEnabled: false,\n        loggingLevel: apigateway.MethodLoggingLevel.OFF',
    replacement: 'dataTraceEnabled: true,\n        loggingLevel: apigateway.MethodLoggingLevel.INFO',
    tests: ofApi,
  },
  {
    name: 'an access log with the requested paths',
    file: 'lib/constructs/gateway/access-log.ts',
    text: "'$context.resourcePath'",
    replacement: "'$context.path'",
    tests: ['test/constructs/gateway/access-log.test.ts'],
  },
  {
    name: 'an access log without a retention period',
    file: 'lib/constructs/gateway/access-log.ts',
    text: 'retention: props.retention,',
    replacement: 'retention: logs.RetentionDays.INFINITE,',
    tests: ['test/constructs/gateway/inference-gateway.long.test.ts'],
  },
  {
    name: 'a web ACL that stores samples of requests',
    file: 'lib/constructs/foundation/web-acl.ts',
    text: 'sampledRequestsEnabled: false',
    replacement: 'sampledRequestsEnabled: true',
    tests: ofFoundation,
  },
  {
    name: 'a network with a NAT gateway',
    file: 'lib/constructs/network/isolated-vpc.ts',
    text: "natGateways: 0,\n    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],",
    replacement:
      "natGateways: 1,\n    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, " +
      "{ name: 'Out', subnetType: ec2.SubnetType.PUBLIC }],",
    tests: ofFoundation,
  },
  {
    name: 'endpoints that allow everything',
    file: 'lib/constructs/network/endpoints.ts',
    text: 'for (const statement of policy.Statement) endpoint.addToPolicy(iam.PolicyStatement.fromJson(statement));',
    replacement:
      "if (policy) endpoint.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'], principals: [new iam.AnyPrincipal()] }));",
    tests: ofFoundation,
  },
  {
    name: "an S3 endpoint that allows other accounts' buckets",
    file: 'lib/perimeter/endpoint-policies.ts',
    text: "Condition: { StringEquals: { 'aws:ResourceAccount': account } },",
    replacement: '',
    tests: ['test/perimeter/endpoint-policies.test.ts'],
  },
  {
    name: 'a trail without operations on objects',
    file: 'lib/constructs/foundation/trail.ts',
    text: "equalTo: ['AWS::S3::Object']",
    replacement: "equalTo: ['AWS::S3Express::Object']",
    tests: ofFoundation,
  },
  {
    name: 'evidence that an administrator can delete early',
    file: 'lib/constructs/foundation/evidence-bucket.ts',
    text: "['s3:BypassGovernanceRetention']",
    replacement: "['s3:DeleteBucket']",
    tests: ofFoundation,
  },
  {
    name: "users of a shared pool created by one workspace's administrators",
    file: 'lib/constructs/members/member-administration.ts',
    text: "...(isShared ? [] : ['AdminCreateUser', 'AdminDeleteUser']),",
    replacement: "'AdminCreateUser', 'AdminDeleteUser',",
    tests: ['test/constructs/members/workspace-members.long.test.ts'],
  },
  {
    name: "a domain with another Region's certificate",
    file: DOMAIN,
    text: 'if (theirs !== own) {',
    replacement: 'if (theirs === undefined) {',
    tests: ofDomain,
  },
  {
    name: 'APIs that accept TLS 1.0',
    file: 'lib/constructs/gateway/modern-tls.ts',
    text: 'SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09',
    replacement: 'SecurityPolicy.TLS_1_0',
    tests: ofApi,
  },
  {
    name: 'an API without the web ACL',
    file: API,
    text: 'webAclArn: props.webAclArn,',
    replacement: 'webAclArn: `${props.webAclArn}-none`,',
    tests: ofApi,
  },
  {
    name: 'a single-Region trail, without IAM events',
    file: 'lib/constructs/foundation/trail.ts',
    text: 'isMultiRegionTrail: true',
    replacement: 'isMultiRegionTrail: false',
    tests: ofFoundation,
  },
  {
    name: 'alarms without a notification',
    file: 'lib/constructs/alerts/runbook-alarm.ts',
    text: 'channel.notify(alarm);',
    replacement: 'void channel;',
    tests: ['test/constructs/checks/check-alarms.long.test.ts'],
  },
  {
    name: "no notification of a key's scheduled deletion",
    file: 'lib/constructs/alerts/key-disabled.ts',
    text: "eventName: ['DisableKey', 'ScheduleKeyDeletion'],",
    replacement: "eventName: ['DisableKey'],",
    tests: ['test/constructs/alerts/alerts.long.test.ts'],
  },
  {
    name: 'a pool that permits self-registration',
    file: POOL,
    text: 'selfSignUpEnabled: false',
    replacement: 'selfSignUpEnabled: true',
    tests: ofMembers,
  },
  {
    name: 'members without a second factor',
    file: POOL,
    text: 'cognito.Mfa.REQUIRED',
    replacement: 'cognito.Mfa.OPTIONAL',
    tests: ofMembers,
  },
  {
    name: 'an exporter that may delete',
    file: GRANTS,
    text: "onObjects(role, files, ['s3:GetObject'], [CONTENT]);",
    replacement: "onObjects(role, files, ['s3:GetObject', 's3:DeleteObject'], [CONTENT]);",
    tests: ofRightsRoles,
  },
  {
    name: 'administrators with access to rows of content',
    file: GRANTS,
    text: "['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],\n    DECISIONS,",
    replacement:
      "['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],",
    tests: ofRightsRoles,
  },
  {
    name: 'an operator with access to rows of content',
    file: GRANTS,
    text: "onTable(role, conversations, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], DECISIONS);",
    replacement: "onTable(role, conversations, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);",
    tests: ['test/constructs/rights/workspace-rights.test.ts'],
  },
  {
    name: 'a workspace deleter that may decrypt',
    file: 'lib/constructs/keys/key-for-service.ts',
    text: "const actions = ['kms:DescribeKey', 'kms:ScheduleKeyDeletion'];",
    replacement: "const actions = ['kms:Decrypt', 'kms:DescribeKey', 'kms:ScheduleKeyDeletion'];",
    tests: ofRightsRoles,
  },
  {
    name: 'copies in a recovery Region outside the boundary',
    file: 'lib/constructs/foundation/recovery-region.ts',
    text: "requireInside(this, boundary, 'it stores replicas of personal data')",
    replacement: '(boundary ? Stack.of(this).region : Stack.of(this).region)',
    tests: ['test/stacks/recovery-stacks.long.test.ts'],
  },
];
