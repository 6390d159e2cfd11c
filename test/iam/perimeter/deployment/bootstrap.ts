import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ABSENT } from '../../calls/row';
import { serviceActions } from '../../evaluator/evaluator';
import { listOf } from '../../support/pattern';
import type { Json } from '../../support/physical';
import type { Request } from '../row';
import { requestsFor } from './cloudformation';

/** The template of `cdk bootstrap` of the pinned CLI. */
const RESOURCES: Readonly<Record<string, Json>> = parse(
  readFileSync(
    path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'lib/api/bootstrap/bootstrap-template.yaml'),
    'utf8',
  ),
).Resources;

const DEPLOYER = 'arn:{partition}:iam::{account}:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1';

/** What CloudFormation does for a person who bootstraps an account, with that person's permissions. */
export const bootstrapping = (): Request[] => [
  ...requestsFor([...new Set(Object.values(RESOURCES).map(({ Type }) => Type as string))]).map((one) => ({
    ...one,
    name: one.name.replace('CloudFormation', 'A bootstrap'),
    as: 'bootstrapper' as const,
  })),
  ...['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:TagRole'].map(
    (action): Request => ({
      name: `A bootstrap calls ${action} for the role that deploys`,
      action,
      on: DEPLOYER,
      as: 'bootstrapper',
      via: 'service',
      context: { 'iam:PermissionsBoundary': ABSENT },
    }),
  ),
];

/** Every call that the bootstrap's roles are allowed, each by the role that makes it. */
export function callsOfRoles(): Request[] {
  const statements = Object.values(RESOURCES)
    .filter(({ Type }) => Type === 'AWS::IAM::Role' || Type === 'AWS::IAM::Policy')
    .flatMap(({ Properties }) => [
      Properties.PolicyDocument,
      ...listOf<Json>(Properties.Policies).map((one) => one.PolicyDocument),
    ])
    .flatMap((document) => listOf<Json>(document?.Statement))
    .filter(({ Effect }) => Effect === 'Allow');
  const patterns = [...new Set(statements.flatMap(({ Action }) => listOf<string>(Action)))];
  const known = serviceActions(patterns);
  const actions = new Set(patterns.flatMap((one) => (known[one] ?? []).map(({ action }) => action)));
  return [...actions]
    .filter((action) => !UNUSED.includes(action))
    .map((action) => ({
      name: `a role of the bootstrap calls ${action}`,
      action,
      as: 'publisher',
      context: { 's3:x-amz-acl': ABSENT },
      isGeneral: true,
      ...PASSED[action],
    }));
}

/** Of `s3:PutObject*`, what the CLI never calls: it publishes without an access control list. */
const UNUSED = ['s3:PutObjectAcl', 's3:PutObjectVersionAcl'];

/** The only role that the bootstrap's role passes, to CloudFormation. */
const PASSED: Readonly<Record<string, Partial<Request>>> = {
  'iam:PassRole': {
    name: 'the role of the CLI hands the role that deploys to CloudFormation',
    as: 'cli',
    on: DEPLOYER,
    context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
  },
};
