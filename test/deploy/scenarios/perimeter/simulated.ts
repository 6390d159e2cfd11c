import type { Ledger } from '../../harness/emulator';
import type { Context } from '../../read-back/context';
import { type Deciders, NONE } from '../decided-by';
import { awsTypes, type SimulatedPart, simulatedPart } from '../simulated-part';

/** What a passing check of a perimeter doesn't prove. docs/DEPLOY-TEST.md has the same rows. */
const SIMULATED: SimulatedPart['simulated'] = [
  [
    'Permissions boundary',
    "The emulator evaluates it for calls with a role's credentials, next to the role's own policies, as it reads them. Of what services do themselves, such as EventBridge at the topic, it evaluates nothing, and no simulated call.",
  ],
  [
    'Policies of the organization',
    'None is attached: the emulator evaluates no SCP and no RCP. [IAM-TEST.md](IAM-TEST.md) and [PROOF.md](PROOF.md) evaluate them.',
  ],
  [
    'The trail of the watch',
    "The trail is a record. The test writes records in CloudTrail's form to its log group, as the account's root.",
  ],
  [
    'Delivery of reports',
    "The emulator compresses the records, runs the deployed function, matches its rule and sends the topic's message to a subscriber on loopback. Our corrections read the filter's pattern and hand the function's answer to EventBridge. Nothing is repeated, and no email is sent.",
  ],
  [
    'Changes to the watch itself',
    "The rule is a record: the emulator sends no event of CloudTrail to EventBridge, and doesn't let a caller send one.",
  ],
];

/** Types of the perimeter that are created but not read back. */
const UNREAD: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'only AWS uses it',
  'AWS::CloudWatch::Alarm': "the alarm of a report that failed; the sample's are read back",
  'AWS::KMS::Alias': "the sample's are read back",
  'AWS::S3::Bucket': "the trail's bucket and its access log; the sample's are read back",
  'AWS::S3::BucketPolicy': "of these buckets; the sample's are read back",
};

/** Types that a check of the perimeter reads, or can't succeed without. */
const READ = new Set(
  awsTypes(
    'CloudTrail::Trail Events::Rule IAM::ManagedPolicy IAM::Policy IAM::Role KMS::Key Logs::LogGroup Logs::SubscriptionFilter',
    'Lambda::EventInvokeConfig Lambda::Function Lambda::Permission',
  ),
);

/** Each section of the perimeter's run. */
const DECIDED_BY: Readonly<Record<string, Deciders>> = {
  'perimeter: the boundary': {
    emulator: 'roles, the policy, and decisions by policy and boundary',
    ours: 'the boundary of a role in a template',
    echoes: NONE,
  },
  'perimeter: the watch': {
    emulator: 'log group, form of the delivery, function, rule, message of the topic',
    ours: "the trail, the filter's pattern, the function's destination",
    echoes: "the trail's log group and role",
  },
  'perimeter: requests': {
    emulator: 'pool with its sign-in page and tokens, tables, buckets, keys, policies and boundary of roles',
    ours: 'API Gateway, Lambda, Bedrock, encryption contexts, policies of endpoints',
    echoes: NONE,
  },
  'perimeter: the ledger': {
    emulator: 'buckets with their policies and locks, keys and signatures, policies and boundary of roles, functions',
    ours: 'the delivery of log lines and their time, names of log groups, the context of a signature',
    echoes: NONE,
  },
};

/** Prints what is simulated only, and fails if a type of the perimeter is simulated without a row. */
export const perimeterSimulated = (context: Context, ledger: Ledger): Promise<void> =>
  simulatedPart(context, ledger, {
    name: 'perimeter',
    simulated: SIMULATED,
    decidedBy: DECIDED_BY,
    own: { stacks: /^exemple-perimeter/, dropped: {}, unread: UNREAD, read: READ },
  });
