import { STORES } from './resources';
import { actionsOf, because, type Exceptions, once } from './service-data';

/** AWS calls some of these actions management of permissions; of the others, the name says that they write a policy, permissions or a share. */
const NAMED =
  /:(Add|Authorize|Create|Modify|Put|Set|Share|Update)\w*(Polic(y|ies)|Permissions?|Share|(Image|Snapshot)Attribute)$/;

/** What doesn't take away, and not only reads. */
const MORE =
  /:(?!Abort|BatchRevoke|Cancel|Deauthorize|Delete|Deregister|Describe|Detach|Disable(?!.*BlockPublicAccess)|Disassociate|Dissociate|Enable.*BlockPublicAccess|Get|List|Reject|Remove|Reset|Retire|Revoke|Search|Terminate|Validate|View)/;

const BY_RCP = 'a resource control policy refuses outsiders, whatever the policy of the resource says';
const OTHER = 'another promise is about it';
const NOT_WHO = 'it says when, how long or how much, not who may';
const STUDIO = 'it uses Glue, and lets no account in';
const INFRASTRUCTURE = "it lets AWS's services use addresses, places or routes of the account";

/** What lets others use a resource, and is also needed to set up accounts. */
export const SETUP_GRANTS: readonly string[] = [
  'cloudtrail:PutResourcePolicy',
  'lambda:AddPermission',
  'sns:SetTopicAttributes',
];

/** Actions that let no other account use what a service stores, or that another promise is about. */
const NO_GRANTS: Exceptions = {
  ...because(BY_RCP, ...STORES),
  ...because(OTHER, ...SETUP_GRANTS, 'iam:*', 'ram:*', 'sns:PutDataProtectionPolicy'),
  ...because('only the management account and its delegates may', 'organizations:*'),
  ...because(
    NOT_WHO,
    '*:*LifecyclePolicy',
    '*:PutScalingPolicy',
    'ec2:CreateIpamPolicy',
    'ec2:*MeteringPolicy',
    'elasticfilesystem:PutBackupPolicy',
    'fsx:BypassSnaplockEnterpriseRetention',
  ),
  ...because(
    'a service needs it in addition to logs:CreateDelivery, which a promise covers',
    '*:AllowVendedLogDeliveryForResource',
  ),
  ...because('it makes rules for answers of models', 'bedrock:*AutomatedReasoningPolicy'),
  ...because('it lets logs come in', 'oam:PutSinkPolicy'),
  ...because(
    'it needs a domain name, whose policy decides who calls',
    'apigateway:AddCertificateToDomain',
    'apigateway:CreateAccessAssociation',
  ),
  ...because('it only refuses requests', 'apigateway:SetWebACL'),
  ...because(
    INFRASTRUCTURE,
    'ec2:Attach*',
    'ec2:CreateCoipPool*',
    'ec2:CreateLocalGateway*',
    'vpc-lattice:AssociateVia*',
  ),
  ...because('it needs a peering, which another action makes', 'ec2:ModifyOdbNetworkPeering'),
  ...because('AWS Backup alone calls it', 'fsx:ManageBackupPrincipalAssociations'),
  ...because(
    STUDIO,
    'glue:BatchGetStageFiles',
    'glue:GlueNotebook*',
    'glue:ManagedConnector',
    'glue:Re*',
    'glue:RunDataPreviewStatement',
    'glue:SendRecipeAction',
    'glue:StartNotebook',
    'glue:TestConnection',
    'glue:UseGlueStudio',
  ),
  ...because(
    'it signs in to a database, or gives a cluster roles and keys of the account',
    'redshift:CreateClusterUser',
    'redshift:CreateSnapshotCopyGrant',
    'redshift:JoinGroup',
    'redshift:ModifyClusterIamRoles',
  ),
  ...because('it decides on addresses, not on accounts', 'rds:AuthorizeDBSecurityGroupIngress'),
  ...because('it narrows what a point reaches', 's3express:PutAccessPointScope'),
  ...because('it decides on the key of traces', 'xray:PutEncryptionConfig'),
};

/** Services with such actions that the documents don't name. docs/PROOF.md lists them. */
export const OPEN_GRANTS: readonly string[] = [
  'acm-pca',
  'agent-registry',
  'aiops',
  'aoss',
  'appmesh',
  'appmesh-preview',
  'appstream',
  'appsync',
  'aps',
  'arc-region-switch',
  'auditmanager',
  'aws-marketplace',
  'batch',
  'bedrock-agentcore',
  'billing',
  'cleanrooms-ml',
  'cloudformation',
  'cloudhsm',
  'cloudsearch',
  'cloudwatch',
  'codeartifact',
  'codebuild',
  'codeguru-profiler',
  'codestar',
  'comprehend',
  'datazone',
  'deadline',
  'ds',
  'elasticloadbalancing',
  'elasticmapreduce',
  'elemental-inference',
  'entityresolution',
  'fms',
  'glacier',
  'grafana',
  'greengrass',
  'health',
  'imagebuilder',
  'iot',
  'iotfleetwise',
  'iotsitewise',
  'ivs',
  'lex',
  'license-manager',
  'lookoutequipment',
  'managedblockchain',
  'mediaconvert',
  'mediapackagev2',
  'mediastore',
  'mediatailor',
  'monitron',
  'mpa',
  'network-firewall',
  'network-security-manager',
  'networkmanager',
  'notifications',
  'odb',
  'omics',
  'opensearch',
  'opsworks',
  'osis',
  'partnercentral',
  'payment-cryptography',
  'qapps',
  'qbusiness',
  'quicksight',
  'rds-db',
  'refactor-spaces',
  'rekognition',
  'resiliencehub',
  'resource-explorer-2',
  'resource-groups',
  'route53',
  'route53-recovery-control-config',
  'route53profiles',
  'route53resolver',
  'rum',
  's3-object-lambda',
  's3-outposts',
  'schemas',
  'securityhub',
  'serverlessrepo',
  'servicecatalog',
  'servicediscovery',
  'ses',
  'signer',
  'sms-voice',
  'ssm-contacts',
  'ssm-incidents',
  'ssm-sap',
  'sso',
  'storagegateway',
  'verifiedpermissions',
  'waf',
  'waf-regional',
  'wafv2',
  'wellarchitected',
  'workdocs',
  'workmail',
  'workspaces',
];

/** What lets other accounts use what a service stores. */
export const grants = once(() => {
  const open = because('the documents do not name the service', ...OPEN_GRANTS.map((service) => `${service}:*`));
  return actionsOf({
    service: '*',
    meant: ({ action, access }) =>
      MORE.test(action) &&
      (access.includes('Permissions management') || (access.includes('Write') && NAMED.test(action))),
    but: { ...NO_GRANTS, ...open },
  });
});

/** What gives a copy of stored content to others, so that no later denial reaches it. */
export const sharedCopies = once(() =>
  actionsOf({
    service: '*',
    access: ['Write', 'Permissions management'],
    named:
      /:(Authorize(DataShare|EndpointAccess|SnapshotAccess)|(Add|Modify)\w*(DocumentPermission|ImageAttribute|LayerVersionPermission|SnapshotAttribute))$/,
  }),
);

/** What decides who may use a bucket, or lifts a block of public access to S3. */
export const bucketGrants = (): string[] =>
  actionsOf({
    service: 's3',
    access: ['Permissions management'],
    named: /:(Delete|Put)\w*(BucketPolicy|PublicAccessBlock)$/,
  });

/** What changes an access control list. */
export const aclChanges = (): string[] =>
  actionsOf({ service: 's3', access: ['Permissions management'], named: /Acl$/ });

/** What takes a header with an access control list. */
export const aclRequests = (): string[] =>
  actionsOf({
    service: 's3',
    key: 's3:x-amz-acl',
    but: { 's3:BypassGovernanceRetention': 'S3 asks for it in addition to the action that deletes' },
  });

/** What lifts a block of public access to copies. */
export const openedCopies = once(() => actionsOf({ service: '*', named: /:Disable\w*BlockPublicAccess$/ }));

/** What decides who may call the URL of a function. */
export const urlChanges = (): string[] =>
  actionsOf({
    service: 'lambda',
    key: 'lambda:FunctionUrlAuthType',
    but: {
      'lambda:DeleteFunctionUrlConfig': 'it takes away',
      'lambda:InvokeFunctionUrl': 'it calls a URL that these actions make',
      'lambda:RemovePermission': 'it takes away',
    },
  });

/** What lets a principal invoke a function. */
export const invokers = (): string[] =>
  actionsOf({ service: 'lambda', key: 'lambda:Principal', named: /:(?!Delete|Remove)/ });

/** What decides whether a share accepts accounts outside the organization. */
export const shares = (): string[] => actionsOf({ service: 'ram', key: 'ram:RequestedAllowsExternalPrincipals' });

/** What hands content to a resource, in the services that the promise names. */
export const handedOver = (): string[] =>
  actionsOf(
    { service: 'dynamodb', types: ['table'], named: /:PartiQL|Item$/ },
    { service: 'ecr', types: ['repository'], named: /:(Put|Upload)\w*(Image|LayerPart)$/ },
    { service: 'es', access: ['Read', 'Write'], named: /:ESHttp/ },
    { service: 'events', types: ['event-bus'], named: /:PutEvents$/ },
    { service: 'execute-api' },
    { service: 'firehose', named: /:PutRecord/ },
    { service: 'kinesis', named: /:PutRecord/ },
    { service: 'lambda', types: ['function'], named: /:Invoke/ },
    { service: 's3', types: ['object'], access: ['Write'], named: /:(Put|Replicate)/ },
    { service: 's3express', access: ['Read', 'Write'], named: /:\w*Session$/ },
    { service: 's3tables', named: /:\w*TableData$/ },
    { service: 's3vectors', named: /:\w*PutVectors$/ },
    {
      service: 'secretsmanager',
      types: ['Secret'],
      named: /:(Put|Update)\w*Secret/,
      but: { 'secretsmanager:UpdateSecretVersionStage': 'it moves a label between values' },
    },
    { service: 'sns', types: ['topic'], named: /:Publish/ },
    { service: 'sqs', types: ['queue'], named: /:Send/ },
  );
