import { ABSENT, type Context } from '../../calls/row';
import { allowed, denied, type Request, type Row } from '../row';
import { ORGANIZATION } from '../sets';

const KEYS: Context = { 'kms:ViaService': ABSENT, 'kms:CallerAccount': '999988887777' };

/** A use of what an account owns, for each service that resource control policies protect and deployments use. */
const USES: readonly Request[] = [
  { name: 'reads an object', action: 's3:GetObject', on: 'arn:{partition}:s3:::sample/key' },
  {
    name: 'stores an object',
    action: 's3:PutObject',
    on: 'arn:{partition}:s3:::sample/key',
    context: { 's3:x-amz-acl': ABSENT },
  },
  { name: 'lists a bucket', action: 's3:ListBucket', on: 'arn:{partition}:s3:::sample' },
  { name: 'decrypts', action: 'kms:Decrypt', on: 'arn:{partition}:kms:{region}:{account}:key/sample', context: KEYS },
  {
    name: 'gets a grant of a key',
    action: 'kms:CreateGrant',
    on: 'arn:{partition}:kms:{region}:{account}:key/sample',
    context: KEYS,
  },
  {
    name: 'reads a secret',
    action: 'secretsmanager:GetSecretValue',
    on: 'arn:{partition}:secretsmanager:{region}:{account}:secret:sample-aB3dE6',
  },
  { name: 'reads a queue', action: 'sqs:ReceiveMessage', on: 'arn:{partition}:sqs:{region}:{account}:sample' },
  { name: 'assumes a role', action: 'sts:AssumeRole', on: 'arn:{partition}:iam::{account}:role/sample' },
  { name: 'queries a table', action: 'dynamodb:Query', on: 'arn:{partition}:dynamodb:{region}:{account}:table/sample' },
  {
    name: 'writes to a table',
    action: 'dynamodb:PutItem',
    on: 'arn:{partition}:dynamodb:{region}:{account}:table/sample',
  },
];

const by =
  (as: Request['as'], who: string) =>
  (one: Request): Request => ({ ...one, as, name: `${who} ${one.name}`, boundary: 'either' });

/** A call of a service on behalf of an account, which it names. */
const service = (name: string, more: Context, one: Partial<Request> = {}): Request => ({
  name,
  action: 's3:PutObject',
  on: 'arn:{partition}:s3:::sample/key',
  as: 'service',
  boundary: 'either',
  ...one,
  context: { 's3:x-amz-acl': ABSENT, 'aws:PrincipalIsAWSService': 'true', 'aws:SourceOrgPaths': ABSENT, ...more },
});

/** For the services that deployments don't let services write to, one request each. */
const OTHERS: readonly Request[] = [
  { name: 'pulls an image', action: 'ecr:BatchGetImage' },
  { name: 'reads logs', action: 'logs:GetLogEvents' },
  { name: 'assumes a role in a context', action: 'sts:SetContext', on: 'arn:{partition}:iam::{account}:role/sample' },
];

const FOREIGN: Context = {
  'aws:SourceAccount': '999988887777',
  'aws:SourceOrgID': 'o-foreignorgid',
  'aws:SourceArn': 'arn:aws:logs:eu-central-1:999988887777:*',
};

export const OUTSIDER_ROWS: readonly Row[] = [
  ...denied(
    'outsiders',
    ...USES.map(by('outsider', 'an outsider')),
    ...USES.filter(({ action }) => /^(s3|sqs):/.test(action)).map((one) =>
      by('anonymous', 'anybody')({ ...one, context: { ...one.context, 's3:authType': ABSENT } }),
    ),
    ...USES.map(by('outsider', 'an outsider, through an endpoint of its own,')).map((one) => ({
      ...one,
      via: 'vpc' as const,
    })),
  ),
  ...allowed(
    'outsiders',
    ...USES.filter(({ action }) => !/^(kms|sts):/.test(action)).map(by('administrator', 'the owner')),
    ...USES.map(by('neighbour', 'another account of the organization')).map((one) => ({
      ...one,
      context: { ...one.context, ...(one.action.startsWith('kms:') && { 'kms:CallerAccount': '444455556666' }) },
    })),
  ),
  ...denied('outsiders', ...OTHERS.map(by('outsider', 'an outsider')), {
    ...by('outsider', 'an outsider of an unknown kind')(USES[0] as Request),
    context: { 'aws:PrincipalIsAWSService': ABSENT },
  }),
  ...denied(
    'confused deputy',
    ...[...USES, ...OTHERS]
      .filter(({ action }) => action !== 'sts:SetContext')
      .map((one) =>
        service(`a service ${one.name} for another organization`, FOREIGN, {
          action: one.action,
          on: one.on,
          isGeneral: true,
        }),
      ),
    service("a service acts for another organization's account", {
      'aws:SourceAccount': '999988887777',
      'aws:SourceOrgID': 'o-foreignorgid',
      'aws:SourceArn': 'arn:aws:logs:eu-central-1:999988887777:*',
    }),
    service('a service acts for an account without an organization', {
      'aws:SourceAccount': '999988887777',
      'aws:SourceOrgID': ABSENT,
      'aws:SourceArn': 'arn:aws:logs:eu-central-1:999988887777:*',
    }),
  ),
  ...allowed(
    'confused deputy',
    service("a service acts for the organization's account", {
      'aws:SourceAccount': '111122223333',
      'aws:SourceOrgID': ORGANIZATION,
      'aws:SourceArn': 'arn:aws:logs:eu-central-1:111122223333:*',
    }),
    service('a service acts for itself', {
      'aws:SourceAccount': ABSENT,
      'aws:SourceOrgID': ABSENT,
      'aws:SourceArn': ABSENT,
    }),
  ),
  ...denied(
    'plain text',
    ...[...USES, ...OTHERS]
      .filter(({ action }) => /^(dynamodb|ecr|kms|logs):/.test(action))
      .map((one) => ({
        ...one,
        name: `${one.name} without TLS`,
        boundary: 'either' as const,
        context: { ...one.context, 'aws:SecureTransport': 'false' },
      })),
    {
      ...(USES[0] as Request),
      name: 'reads an object, and nothing says how',
      boundary: 'either' as const,
      context: { 'aws:SecureTransport': ABSENT },
    },
    ...USES.filter(({ action }) => /^(s3|sqs|secretsmanager):/.test(action)).map((one) => ({
      ...one,
      name: `${one.name} without TLS`,
      boundary: 'either' as const,
      context: { ...one.context, 'aws:SecureTransport': 'false' },
    })),
  ),
];
