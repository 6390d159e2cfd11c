import type { Texts } from './classes';
import { like, likeArn } from './pattern';
import { ACTION, ARN_SET_KEYS, keyVariable } from './variables';

/** The last one stands for every character that AWS's names don't have. */
const FILLERS = 'xqz0123456789abcdefghijklmnoprstuvwyXQZABCDEFGHIJKLMNOPRSTUVWY-_.~';

const ACCOUNTS = ['111122223333', '444455556666'];
const REGIONS = ['us-east-1', 'eu-west-2', 'eu-central-1', 'eu-west-1', 'eusc-de-east-1', 'unspecified'];

/** Texts that the keys of a request really have, so that the requests of models can be read. */
const OF_KEYS: Readonly<Record<string, readonly string[]>> = {
  'aws:requestedregion': REGIONS,
  'kms:replicaregion': REGIONS,
  'account:targetregion': REGIONS,
  'aws:principalorgid': ['o-exampleorgid', 'o-anotherorg0'],
  'ec2:availabilityzone': ['eu-central-1-ist-1a', 'eu-central-1a'],
  'ec2:location': ['local', 'regional'],
  's3express:locationname': ['euc1-ham1-az1', 'euc1-az1'],
  'events:targetarn': ['arn:aws:events:us-east-1:111122223333:event-bus/default'],
};

/** Paths of principals, boundaries and profiles. */
const OF_PATHS: Readonly<Record<string, readonly string[]>> = {
  'aws:principalarn path': ['role/Administrator', 'role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1'],
  'iam:permissionsboundary path': ['policy/Other', 'policy/exemple-residency-boundary'],
  'bedrock:inferenceprofilearn path': [
    'inference-profile/global.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'application-inference-profile/0123456789ab',
  ],
};

/** Texts that the parts of an ARN really have. */
const OF_PARTS: Readonly<Record<string, readonly string[]>> = {
  partition: ['aws', 'aws-eusc'],
  region: ['', ...REGIONS],
  account: ['', ...ACCOUNTS],
};

/** Keys that AWS fills with `true` or `false` only. */
const BOOLEANS = new Set([
  'aws:principalisawsservice',
  'aws:securetransport',
  'ec2:associatepublicipaddress',
  'aws:viaawsservice',
  'ram:requestedallowsexternalprincipals',
]);

/** What a variable can hold. Any text can be in a request, but an action has two parts, and no text is empty but some parts of ARNs. */
export function textsOf(preferred: Readonly<Record<string, readonly string[]>> = {}): (variable: string) => Texts {
  return (variable) => {
    const part = variable.split(' ')[1];
    return {
      ...(BOOLEANS.has(variable) && { only: ['false', 'true'] }),
      domain: domainOf(variable, part),
      fillers: FILLERS,
      preferred: [
        ...(preferred[variable] ?? []),
        ...(OF_KEYS[variable] ?? []),
        ...(OF_PATHS[variable] ?? []),
        ...(part === undefined ? [] : (OF_PARTS[part] ?? [])),
      ],
    };
  };
}

const ARN_SETS = new Set([...ARN_SET_KEYS].map(keyVariable));

function domainOf(variable: string, part: string | undefined): Texts['domain'] {
  if (ARN_SETS.has(variable)) return likeArn('arn:*:*:*:*:?*');
  return like(variable === ACTION ? '?*:?*' : part === 'region' || part === 'account' ? '*' : '?*');
}
