import { CHECKPOINTS_PREFIX, HOURS_PREFIX } from '../../contract/objects';
import type { RecordedSource } from './recorded-sources';

/** The residency record of each request. A test compares its fields with the type `EvidenceLine`: the gateway leaves out the member. */
const requestRecord: RecordedSource = {
  fields: {
    time: ['time'],
    use: ['model', 'destination', 'sourceRegion', 'api', 'attempts', 'skipped', 'mayProcess'],
    volume: ['tokens'],
    outcome: ['outcome', 'reason', 'intervened'],
    technical: ['event', 'id', 'tenant', 'retention', 'stream', 'seq', 'salt'],
  },
  stores: ['Gateway/LogGroup'],
  settings: [{ in: 'construct', name: 'InferenceGateway.logRetention' }],
  isIndirect: true,
  readers: ['auditors', 'operators'],
  erasure: 'unlinked',
};

/** The residency records of administrators', auditors' and operators' acts; those on open projects name no person. A test compares the fields with the type `EvidenceLine`. */
const residencyRecord: RecordedSource = {
  fields: {
    person: ['member', 'about'],
    time: ['time'],
    use: ['act', 'model', 'destination', 'sourceRegion', 'api', 'attempts', 'skipped', 'mayProcess'],
    volume: ['tokens'],
    outcome: ['outcome', 'reason', 'intervened'],
    technical: ['event', 'id', 'tenant', 'retention', 'stream', 'seq', 'salt'],
  },
  stores: [
    'Administration/Handler/LogGroup',
    'Rights/Admin/LogGroup',
    'Projects/Open/LogGroup',
    'Workspace/Scim/LogGroup',
  ],
  settings: [
    { in: 'construct', name: 'WorkspaceMembers.logRetention', stores: ['Administration/Handler/LogGroup'] },
    { in: 'construct', name: 'WorkspaceRights.logRetention', stores: ['Rights/Admin/LogGroup'] },
    { in: 'nothing', stores: ['Projects/Open/LogGroup'] },
  ],
  readers: ['auditors', 'operators'],
  erasure: 'stays',
};

/** The residency records of an hour, each with a salt and without its members. A test compares the fields with those of the record. */
const ledgerHours: RecordedSource = {
  fields: {
    time: ['time'],
    use: ['act', 'model', 'destination', 'sourceRegion', 'api', 'attempts', 'skipped', 'mayProcess'],
    volume: ['tokens'],
    outcome: ['outcome', 'reason', 'intervened'],
    technical: ['event', 'id', 'tenant', 'retention', 'stream', 'seq', 'salt'],
  },
  stores: ['Evidence/Bucket'],
  prefix: HOURS_PREFIX,
  settings: [{ in: 'file', name: 'records.evidence' }],
  readers: ['operators'],
  isIndirect: true,
  erasure: 'unlinked',
};

/** The signed heads of the ledger: they have sums of hashes, and no record. */
const ledgerCheckpoints: RecordedSource = {
  fields: { technical: ['origin', 'size', 'root', 'signatures'] },
  stores: ['Evidence/Bucket'],
  prefix: CHECKPOINTS_PREFIX,
  settings: [{ in: 'file', name: 'records.evidence' }],
  readers: ['operators'],
  erasure: 'no-person',
};

/** The metrics of each request, as a line of the same log. A test compares its fields with the type `OperationsRecord`. */
const operationsRecord: RecordedSource = {
  fields: {
    time: ['_aws'],
    use: ['tenant', 'route', 'model'],
    volume: ['promptTokens', 'completionTokens', 'cachedTokens', 'cacheWriteTokens', 'latency', 'firstByte'],
    outcome: [
      'status',
      'outcome',
      'reason',
      'requests',
      'refusals',
      'failures',
      'attemptsFailed',
      'failedAttempts',
      'fault',
      'interventions',
      'storeErrors',
      'unreadable',
      'budgetWarnings',
    ],
    technical: ['event', 'id', 'checkAge'],
  },
  stores: ['Gateway/LogGroup'],
  settings: [{ in: 'construct', name: 'InferenceGateway.logRetention' }],
  readers: ['operators'],
  isIndirect: true,
  erasure: 'unlinked',
};

/** A test compares its fields with the format of the deployed stages. */
const accessLog: RecordedSource = {
  fields: {
    time: ['time'],
    use: ['method', 'resource'],
    volume: ['responseBytes', 'latencyMs', 'integrationLatencyMs'],
    outcome: ['status', 'errorType', 'integrationStatus'],
    technical: ['requestId', 'extendedRequestId', 'tlsVersion'],
  },
  stores: ['AccessLog/LogGroup'],
  settings: [{ in: 'construct', name: 'InferenceGateway.logRetention' }],
  readers: ['operators'],
  isIndirect: true,
  erasure: 'unlinked',
};

/**
 * Of the fields of a data event, those that say who did what; a row's key has the member's ID. An event of a sign-in page has the address and the
 * browser, and no name (docs.aws.amazon.com/cognito/latest/developerguide/understanding-amazon-cognito-entries.html).
 */
const trail: RecordedSource = {
  fields: {
    person: ['userIdentity', 'sourceIPAddress', 'requestParameters.key'],
    time: ['eventTime'],
    use: ['eventSource', 'eventName', 'resources', 'requestParameters'],
    outcome: ['errorCode'],
    technical: ['awsRegion', 'requestID', 'userAgent'],
  },
  stores: ['Evidence/Bucket'],
  prefix: 'AWSLogs/',
  settings: [{ in: 'construct', name: 'Foundation.evidenceRetention' }],
  readers: ['operators'],
  erasure: 'stays',
};

/** Blocked requests only; the names of header fields that hold a key or a token are replaced. */
const webAcl: RecordedSource = {
  fields: {
    person: ['httpRequest.clientIp', 'httpRequest.country', 'httpRequest.headers'],
    time: ['timestamp'],
    use: ['httpRequest.httpMethod'],
    outcome: ['action', 'terminatingRuleId'],
    technical: ['webaclId', 'httpRequest.requestId'],
  },
  stores: ['WebAcl/LogGroup'],
  settings: [{ in: 'construct', name: 'Foundation.logRetention' }],
  readers: ['operators'],
  erasure: 'stays',
};

/** The default format of VPC flow logs; the addresses are those of functions and endpoints. */
const flowLog: RecordedSource = {
  fields: {
    time: ['start', 'end'],
    use: ['srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'],
    volume: ['packets', 'bytes'],
    outcome: ['action', 'log-status'],
    technical: ['version', 'account-id', 'interface-id'],
  },
  stores: ['Network/FlowLogGroup', 'Endpoint/Network/FlowLogGroup'],
  settings: [
    { in: 'construct', name: 'Foundation.logRetention', stores: ['Foundation/Network/FlowLogGroup'] },
    { in: 'construct', name: 'RecoveryRegion.logRetention', stores: ['Recovery/Network/FlowLogGroup'] },
    { in: 'construct', name: 'RegionalEndpoint.logRetention', stores: ['Endpoint/Network/FlowLogGroup'] },
  ],
  readers: ['operators'],
  erasure: 'no-person',
};

/** S3's access logs of the other buckets: the name of an object has its owner's ID. */
const objectAccess: RecordedSource = {
  fields: {
    person: ['Requester', 'Remote IP', 'Key'],
    time: ['Time'],
    use: ['Bucket', 'Operation'],
    volume: ['Bytes Sent', 'Object Size'],
    outcome: ['HTTP status', 'Error Code'],
    technical: ['Request ID', 'TLS version'],
  },
  stores: ['AccessLogs'],
  readers: ['operators'],
  erasure: 'stays',
};

/** Bedrock's own log of each call (docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html). */
const invocationLog: RecordedSource = {
  fields: {
    content: ['input.inputBodyJson', 'output.outputBodyJson'],
    time: ['timestamp'],
    use: ['operation', 'modelId', 'region', 'identity.arn'],
    volume: ['input.inputTokenCount', 'output.outputTokenCount'],
    technical: ['schemaType', 'schemaVersion', 'accountId', 'requestId'],
  },
  stores: [],
  isDeclared: true,
  readers: ['operators'],
  erasure: 'stays',
};

/** What functions report of jobs and checks. No line has a user's ID. */
const functionLogs: RecordedSource = {
  fields: { time: ['time'], use: ['event', 'job', 'actor'], outcome: ['reason', 'next'], technical: ['requestId'] },
  stores: [
    'Rights/Closer/LogGroup',
    'Rights/Confirm/LogGroup',
    'Rights/Eraser/LogGroup',
    'Rights/Jobs/LogGroup',
    'Rights/Exporter/LogGroup',
    'Rights/Tend/LogGroup',
    'Rights/Witness/LogGroup',
    'Rights/RecoveryEraser/LogGroup',
    'Rights/RecoveryWitness/LogGroup',
    'KeyRequests/Make/LogGroup',
    'Conversions/LogGroup',
    'Members/Keys/Refresh/LogGroup',
    'RecoveryKeys/Copy/LogGroup',
    'Drill/LogGroup',
    'Ledger/Close/LogGroup',
    'BedrockRetention/Provider/LogGroup',
    'DestinationCheck/Provider/LogGroup',
  ],
  settings: [
    { in: 'construct', name: 'WorkspaceRights.logRetention', stores: ['Rights/*'] },
    { in: 'construct', name: 'WorkspaceMembers.logRetention', stores: ['Members/Keys/Refresh/LogGroup'] },
    { in: 'construct', name: 'RecoveryDrill.logRetention', stores: ['Drill/LogGroup'] },
    {
      in: 'construct',
      name: 'Foundation.logRetention',
      stores: ['BedrockRetention/Provider/LogGroup', 'DestinationCheck/Provider/LogGroup'],
    },
    {
      in: 'nothing',
      stores: [
        'KeyRequests/Make/LogGroup',
        'Conversions/LogGroup',
        'RecoveryKeys/Copy/LogGroup',
        'Ledger/Close/LogGroup',
      ],
    },
  ],
  readers: ['operators'],
  isIndirect: true,
  erasure: 'stays',
};

/** The history of the state machine of jobs: a job's ID, steps and times. AWS keeps it for 90 days, or for 30 by a quota (docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
const jobHistory: RecordedSource = {
  fields: { time: ['event_timestamp'], use: ['execution_arn', 'type'], technical: ['id', 'previous_event_id'] },
  stores: ['Rights/Jobs'],
  period: '90 days',
  settings: [{ in: 'support' }],
  readers: ['operators'],
  isIndirect: true,
  erasure: 'stays',
};

/** One-hour values remain for 455 days (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html). */
const metrics: RecordedSource = {
  fields: {
    time: ['Timestamp'],
    use: ['tenant', 'model', 'route'],
    volume: [
      'promptTokens',
      'completionTokens',
      'cachedTokens',
      'cacheWriteTokens',
      'latency',
      'firstByte',
      'requests',
    ],
    outcome: [
      'reason',
      'refusals',
      'failures',
      'attemptsFailed',
      'interventions',
      'storeErrors',
      'unreadable',
      'budgetWarnings',
      'rightsNotices',
    ],
    technical: ['checkAge'],
  },
  stores: [],
  period: '455 days',
  readers: ['operators'],
  erasure: 'no-person',
};

export const RECORDED_REQUESTS = {
  requestRecord,
  residencyRecord,
  ledgerHours,
  ledgerCheckpoints,
  operationsRecord,
  accessLog,
  metrics,
  trail,
  objectAccess,
  webAcl,
  flowLog,
  functionLogs,
  jobHistory,
  invocationLog,
} as const;
