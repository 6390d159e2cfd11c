import { actionsOf, type Selection } from './service-data';

const TAG_KEY = 'aws:ResourceTag/${TagKey}';
const TAGS = 'only tags change, and another promise is about the tag of a deployment';
const USE = 'it uses the resource, which the rights in IAM decide, and changes nothing of it';
const NEW = 'it makes another resource, which the deployment does not use';

/** What changes a role, or what it may do. */
export const roleChanges = (): string[] =>
  actionsOf({
    service: 'iam',
    types: ['role'],
    but: {
      'iam:PassRole': 'another promise is about it',
      'iam:CreateServiceLinkedRole': 'AWS gives such a role its name and its trust',
      'iam:DeleteServiceLinkedRole': 'no role that deploys is one, nor is a role of a deployment',
    },
  });

/** What changes a managed policy. */
export const policyChanges = (): string[] =>
  actionsOf({ service: 'iam', types: ['policy'], but: { 'iam:TagPolicy': TAGS, 'iam:UntagPolicy': TAGS } });

/** What decides whose tokens let a federated role be assumed. */
export const providerChanges = (): string[] =>
  actionsOf({
    service: 'iam',
    types: ['oidc-provider', 'saml-provider'],
    but: {
      'iam:TagOpenIDConnectProvider': TAGS,
      'iam:TagSAMLProvider': TAGS,
      'iam:UntagOpenIDConnectProvider': TAGS,
      'iam:UntagSAMLProvider': TAGS,
    },
  });

/** What stops a trail, or changes what it records. */
export const trailChanges = (): string[] => actionsOf(TRAILS);

/** What decides which hooks CloudFormation calls: hooks are types, for whose changes AWS's data has no resource. */
export const hookChanges = (): string[] =>
  actionsOf({
    service: 'cloudformation',
    named: /Type/,
    but: {
      'cloudformation:PublishType': 'it offers a type to other accounts, and changes none here',
      'cloudformation:TestType': USE,
    },
  });

const FUNCTION_USE: Selection['but'] = {
  'lambda:CreateAlias': NEW,
  'lambda:CreateFunction': NEW,
  'lambda:DisableReplication': 'it ends what another promise forbids',
  'lambda:EnableReplication': 'another promise forbids it to everyone',
  'lambda:InvokeAsync': USE,
  'lambda:InvokeFunction': USE,
  'lambda:InvokeFunctionUrl': USE,
  'lambda:PublishVersion': NEW,
  'lambda:TagResource': TAGS,
  'lambda:UntagResource': TAGS,
};

const FUNCTIONS = ['function', 'function alias', 'function version'];

/** What changes the code of a function, its settings, or who may invoke it. */
export const functionChanges = (): string[] => actionsOf({ service: 'lambda', types: FUNCTIONS, but: FUNCTION_USE });

/** What lets objects expire, or be deleted before their time. */
export const retentionChanges = (): string[] =>
  actionsOf({ service: 's3', types: ['bucket'], named: /Lifecycle|ObjectLock/ });

/** What makes alarms, evidence, keys or functions of a deployment worthless, where its tag can decide. */
export const deployedChanges = (): string[] =>
  actionsOf(
    ...DEPLOYED_CHANGES.map((selection) => ({ key: TAG_KEY, ...selection })),
    // Its definition runs with a role of the deployment.
    { service: 'states', types: ['statemachine'], key: TAG_KEY, named: /:(Delete|Update)StateMachine$/ },
  );

const TRAILS: Selection = {
  service: 'cloudtrail',
  types: ['trail'],
  but: {
    'cloudtrail:AddTags': TAGS,
    'cloudtrail:CreateTrail': NEW,
    'cloudtrail:RemoveTags': TAGS,
    'cloudtrail:StartLogging': 'a trail that records is what the promise is for',
  },
};

const DEPLOYED_CHANGES: readonly Selection[] = [
  TRAILS,
  {
    service: 'cloudwatch',
    types: ['alarm', 'alarm-mute-rule'],
    but: {
      'cloudwatch:EnableAlarmActions': 'an alarm that acts is what the promise is for',
      'cloudwatch:TagResource': TAGS,
      'cloudwatch:UntagResource': TAGS,
    },
  },
  {
    service: 'events',
    types: ['rule-on-custom-event-bus', 'rule-on-default-event-bus'],
    but: {
      'events:EnableRule': 'a rule that acts is what the promise is for',
      'events:TagResource': TAGS,
      'events:UntagResource': TAGS,
    },
  },
  {
    service: 'kms',
    types: ['alias', 'key'],
    but: {
      'kms:CancelKeyDeletion': 'it keeps the key',
      'kms:Decrypt': USE,
      'kms:DeleteImportedKeyMaterial': 'the keys of a deployment have material of AWS KMS',
      'kms:DeriveSharedSecret': USE,
      'kms:EnableKey': 'a key that works is what the promise is for',
      'kms:EnableKeyRotation': 'a key that rotates is what the promise is for',
      'kms:Encrypt': USE,
      'kms:GenerateDataKey': USE,
      'kms:GenerateDataKeyPair': USE,
      'kms:GenerateDataKeyPairWithoutPlaintext': USE,
      'kms:GenerateDataKeyWithoutPlaintext': USE,
      'kms:GenerateMac': USE,
      'kms:ImportKeyMaterial': 'the keys of a deployment have material of AWS KMS',
      'kms:ReEncryptFrom': USE,
      'kms:ReEncryptTo': USE,
      'kms:RetireGrant': 'a grant says who may retire it',
      'kms:RotateKeyOnDemand': 'a key that rotates is what the promise is for',
      'kms:Sign': USE,
      'kms:SynchronizeMultiRegionKey': 'KMS alone calls it',
      'kms:TagResource': TAGS,
      'kms:UntagResource': TAGS,
      'kms:UpdateKeyDescription': 'only a text changes',
      'kms:Verify': USE,
      'kms:VerifyMac': USE,
    },
  },
  { service: 'lambda', types: [...FUNCTIONS, 'eventSourceMapping'], but: FUNCTION_USE },
  {
    service: 'logs',
    types: ['log-group', 'log-stream'],
    but: {
      'logs:CreateExportTask': USE,
      'logs:CreateLogAnomalyDetector': NEW,
      'logs:CreateLogGroup': NEW,
      'logs:CreateLogStream': NEW,
      'logs:IntegrateWithDataset': USE,
      'logs:IntegrateWithS3Table': USE,
      'logs:ProcessWithPipeline': USE,
      'logs:PutLogEvents': 'it adds to a log, and changes nothing that is there',
      'logs:TagLogGroup': TAGS,
      'logs:TagResource': TAGS,
      'logs:UntagLogGroup': TAGS,
      'logs:UntagResource': TAGS,
    },
  },
  {
    service: 'network-firewall',
    types: ['Firewall', 'FirewallPolicy', 'StatefulRuleGroup', 'StatelessRuleGroup'],
    but: {
      'network-firewall:AcceptNetworkFirewallTransitGatewayAttachment': 'no transit gateway can be made',
      'network-firewall:CreateFirewall': NEW,
      'network-firewall:CreateFirewallPolicy': NEW,
      'network-firewall:CreateRuleGroup': NEW,
      'network-firewall:CreateVpcEndpointAssociation': 'an endpoint more leads through the same firewall',
      'network-firewall:RejectNetworkFirewallTransitGatewayAttachment': 'no transit gateway can be made',
      'network-firewall:StartAnalysisReport': USE,
      'network-firewall:StartFlowCapture': USE,
      'network-firewall:StartFlowFlush': USE,
      'network-firewall:TagResource': TAGS,
      'network-firewall:UntagResource': TAGS,
    },
  },
  {
    service: 'sns',
    types: ['topic'],
    but: {
      'sns:ConfirmSubscription': 'a subscription needs sns:Subscribe before',
      'sns:CreateTopic': NEW,
      'sns:Publish': USE,
      'sns:TagResource': TAGS,
      'sns:UntagResource': TAGS,
    },
  },
];
