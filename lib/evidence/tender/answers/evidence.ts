import { answers } from '../model/answer';
import { each, has, page, test } from '../model/pointer';

/** Records, the trail and who sees them. */
export const EVIDENCE = answers({
  'evidence.trail': {
    status: 'provided',
    text: 'CloudTrail records management events of every Region, each use of a key, and reads and writes of the stores, with validation of its files, into a bucket inside the boundary. Object Lock retains them for a year by default.',
    rest: 'In governance mode, a principal who may change the policy of the bucket can lift the lock; the trail records it. Compliance mode can be chosen. Who may stop the trail can end the record.',
    pointers: [
      test('constructs/foundation/foundation', 'records management events, including every use of a key'),
      test('constructs/foundation/foundation', 'can’t be deleted early by any principal, whatever IAM allows'),
      each('AWS::CloudTrail::Trail', '/Properties/EnableLogFileValidation', true),
      has('AWS::S3::Bucket', '/Properties/ObjectLockEnabled', true),
      page('LIMITS#alarms-and-evidence'),
    ],
    words:
      'audit log, audit trail, protokollier, journalis, logged, logging, revisionssicher, tamper, immutable, unveraenderbar, traceab, nachvollziehbarkeit, access log',
  },
  'evidence.records': {
    status: 'provided',
    text: 'Each request and each act of an administrator leaves a record without content: time, tenant, model, destination, Regions, tokens, outcome. Auditors read those of a workspace with their token, which is recorded too.',
    rest: 'Records are stored for a month. Who may write to the log groups could add false ones.',
    pointers: [
      test('runtime/gateway/records', 'the record has exactly the fields of the contract'),
      test('runtime/members/records', 'are recorded as read'),
      has('AWS::Logs::LogGroup'),
      page('WORKSPACES#records'),
    ],
    words:
      'request record, usage log, auditability of ai, nutzungsprotokoll, auditor, who accessed, wer hat wann, interne revision',
  },
  'evidence.retention': {
    status: 'provided',
    text: 'Each kind of record has a finite period: the trail a year by default, certificates ten years, records a month, token totals 92 days, flow logs half a year.',
    rest: 'Longer periods are settings of the constructs, not of `residency.yaml`.',
    pointers: [
      test(
        'constructs/foundation/foundation',
        'is deleted at the end of its period, except certificates, which outlive the trail by years',
      ),
      test('constructs/gateway/access-log', 'the log has the given key and a finite retention'),
      has('AWS::Logs::LogGroup', '/Properties/RetentionInDays'),
      page('LIMITS#alarms-and-evidence'),
    ],
    words: 'log retention, retention of logs, six months, aufbewahrung der protokolle',
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
    text: "An hourly check reads Bedrock's retention mode, invocation logging, the Regions of each profile and the life of each model, and raises alarms. Projects aren't served on old or bad results.",
    rest: 'Settings can change between two checks. Other settings of the account are not watched.',
    pointers: [
      test('runtime/settings/check', '%s stops a deployment, and is counted and named by the schedule'),
      has('Custom::DestinationCheck'),
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
