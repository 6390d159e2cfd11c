import { answers } from '../model/answer';
import { page, test } from '../model/pointer';
import { each } from '../model/template-pointer';

/** Records, the trail and who sees them. */
export const EVIDENCE = answers({
  'evidence.trail': {
    status: 'provided',
    about: 'tenant',
    text: 'CloudTrail records management events of every Region, each use of a key, and reads and writes of the stores, with validation of its files, into a bucket inside the boundary. Object Lock retains them for a year by default. `eu-residency audit` verifies the signatures of its digests and joins its events with the ledger of requests.',
    rest: "In governance mode, a principal who may change the policy of the bucket can lift the lock; the trail records it. Compliance mode can be chosen. Who may stop the trail can end the record, and no alarm reports the stop. The evidence bucket and the bucket of access logs aren't in it. Events name principals of AWS; members appear only as IDs in keys of rows and objects.",
    pointers: [
      test('constructs/foundation/foundation.long', 'records management events, including every use of a key'),
      test('constructs/foundation/foundation.long', 'can’t be deleted early by any principal, whatever IAM allows'),
      test('audit/audit.long', 'a bundle without a plant is complete'),
      each('AWS::CloudTrail::Trail', '/Properties/EnableLogFileValidation', true),
      each('AWS::CloudTrail::Trail', '/Properties/IsLogging', true),
      each('AWS::CloudTrail::Trail', '/Properties/IsMultiRegionTrail', true),
      each(
        'AWS::CloudTrail::Trail',
        '/Properties/AdvancedEventSelectors/*/FieldSelectors/*/Equals/*',
        'AWS::DynamoDB::Table',
      ),
      each(
        'AWS::CloudTrail::Trail',
        '/Properties/AdvancedEventSelectors/*/FieldSelectors/*/Equals/*',
        'AWS::S3::Object',
      ),
      each('AWS::S3::Bucket', '/Properties/ObjectLockConfiguration/Rule/DefaultRetention/Mode', undefined, {
        named: /EvidenceBucket/,
      }),
      page('LEDGER#bundles'),
      page('LIMITS#alarms-and-evidence'),
    ],
    words:
      'audit log, audit trail, protokollier, journalis, logging, revisionssicher, tamper, immutable, unveraenderbar, traceab, nachvollziehbarkeit, access log, what is logged, access is logged, accesses are logged, zugriffe protokollier',
  },
  'evidence.records': {
    status: 'provided',
    about: 'tenant',
    text: 'Each request that reaches a gateway leaves a record without content and without a member: time, tenant, model, attempts, Regions, tokens, outcome. Each hour, a function appends these records to a signed Merkle tree under Object Lock, which a third party verifies with a public key. Rows of links, by default for 30 days, say which member made a request; an erasure deletes them. Each act of an administrator leaves a record too. Auditors read those of a workspace with their token, which is recorded too.',
    rest: "Until an hour is closed, up to an hour and ten minutes after a request, its records are lines in a log, which principals with permission can add to or delete. A process that dies leaves no record of its last request. What the web ACL or API Gateway refuses leaves none. Requests without a valid key or token, and those that a limit refuses before a model is called, are only counted. A record that arrives more than an hour late, and the busiest log group of an hour with more lines than the ledger reads, aren't in the tree; the latter raises an alarm. Acts are in logs only, for a month, and name the user concerned. The ledger proves what gateways recorded, not that it is true.",
    pointers: [
      test('runtime/gateway/records', 'the record has exactly the fields of the contract'),
      test(
        'runtime/ledger/ledger',
        'the records of an hour are leaves of a signed tree, in the order of their times, and locked',
      ),
      test(
        'runtime/records/linked-records',
        'records are shown with the members who made the requests, across hours and pages of links',
      ),
      test('runtime/members/records', 'are recorded as read'),
      each('AWS::KMS::Key', '/Properties/KeySpec', 'ECC_NIST_EDWARDS25519', { named: /LedgerKey/ }),
      each('AWS::Events::Rule', '/Properties/State', 'ENABLED', { named: /LedgerEveryHour/ }),
      each('AWS::Logs::LogGroup', '/Properties/KmsKeyId', undefined, { named: /GatewayLogGroup/ }),
      page('WORKSPACES#records'),
      page('LEDGER'),
      page('LIMITS#ledger-of-requests'),
    ],
    words:
      'request record, usage log, auditability of ai, nutzungsprotokoll, auditor, who accessed, wer hat wann, interne revision',
  },
  'evidence.retention': {
    status: 'provided',
    about: 'tenant',
    text: 'These records have a finite period by default: the ledger of requests 400 days, links to members 30 days, the trail a year, certificates ten years, records in logs a month, token totals 92 days, flow logs half a year.',
    rest: "`residency.yaml` sets the period of the ledger (`records.evidence`, at least 365 days) and of links (`records.members`). The periods of the trail and of logs are settings of the constructs. A user can be named for a request only as long as its link is stored. The record of blocked members and of who gave roles has no period, and the file that names the ledger's first hour isn't deleted.",
    pointers: [
      test(
        'constructs/foundation/foundation.long',
        'is deleted at the end of its period, except certificates, which outlive the trail by years',
      ),
      test('constructs/gateway/access-log', 'the log has the given key and a finite retention'),
      each('AWS::Logs::LogGroup', '/Properties/RetentionInDays'),
      each('AWS::S3::Bucket', '/Properties/LifecycleConfiguration/Rules/*/Status', 'Enabled', {
        named: /EvidenceBucket/,
      }),
      page('CONFIG'),
      page('LEDGER'),
      page('LIMITS#alarms-and-evidence'),
    ],
    words: 'log retention, retention of logs, aufbewahrung der protokolle',
  },
  'evidence.collection': {
    status: 'customer',
    text: 'There is no central evaluation of security events in the package. Its logs, trail and alarms are in your account, from which your own system can read them.',
    pointers: [page('OPERATIONS#alarms-and-incidents'), page('LIMITS#alarms-and-evidence')],
    words:
      'siem, security information, security operations, korrelation, anomal, angriffserkennung, intrusion detection, detection d intrusion',
  },
  'evidence.settings-check': {
    status: 'provided',
    about: 'tenant',
    text: "An hourly check reads Bedrock's retention mode, invocation logging, the Regions of each profile and the life of each model, and raises alarms. Projects aren't served on old or bad results.",
    rest: 'Settings can change between two checks. Other settings of the account are not watched.',
    pointers: [
      test('runtime/settings/check.long', '%s stops a deployment, and is counted and named by the schedule'),
      each('AWS::Events::Rule', '/Properties/State', 'ENABLED', { named: /DestinationCheckEveryHour/ }),
      page('LIMITS#bedrock-retention-and-processing'),
    ],
    words: 'configuration drift, continuous compliance, continuous monitoring, kontinuierliche ueberwachung',
  },
  'evidence.promises': {
    status: 'provided',
    text: 'Each promise of the README and of the page on workspaces names a test that fails if it breaks, and a page says what is only claimed by AWS and what is not proven.',
    rest: 'Most tests use templates, fakes and an emulator. Pages say what has not been run on AWS.',
    pointers: [test('repo/promises', 'each named test exists, and none is skipped'), page('PROMISES'), page('LIMITS')],
    words:
      'demonstrate compliance, demontrer, proof of compliance, evidence of compliance, nachweis der einhaltung, preuve de conformite',
  },
});
