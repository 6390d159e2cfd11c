import { ABSENT } from '../calls/row';
import type { Account } from './account';
import type { Call } from './call';

/**
 * What DynamoDB uses of a table's key on behalf of the caller. It doesn't say which call needs which action; this is its list of the
 * permissions that a customer managed key needs, without grants
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html).
 */
const WRITES = [
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
];
const READS = ['Decrypt', 'DescribeKey'];

const TABLE_READS = ['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'Query', 'Scan'].map((one) => `dynamodb:${one}`);

/** What S3 uses of a bucket's key on behalf of the caller. */
const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': ['Decrypt'],
  's3:GetObjectVersion': ['Decrypt'],
  's3:PutObject': ['GenerateDataKey'],
};

/** What Secrets Manager uses of a secret's key on behalf of the caller (docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html). */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  'secretsmanager:GetSecretValue': ['Decrypt'],
  'secretsmanager:PutSecretValue': ['Decrypt', 'GenerateDataKey'],
};

const NAMES: Readonly<Record<string, string>> = { s3: 'S3', dynamodb: 'DynamoDB', secretsmanager: 'Secrets Manager' };

/** The calls that services make on a key on behalf of a caller of their tables, buckets and secrets. */
export function derivedCalls(call: Call, { keysOf }: Account): Call[] {
  const [, , service = ''] = call.on.split(':');
  const store = service === 's3' ? (call.on.split('/')[0] ?? '') : call.on;
  const key = keysOf.get(store);
  if (key === undefined) return [];
  const actions =
    service === 'dynamodb'
      ? TABLE_READS.includes(call.action)
        ? READS
        : WRITES
      : ((service === 's3' ? OBJECTS : SECRETS)[call.action] ?? []);
  const region = key.split(':')[3];
  return actions.map((action) => ({
    ...call,
    by: `${NAMES[service]} for ${call.by}`,
    action: `kms:${action}`,
    on: key,
    context: {
      'kms:ViaService': `${service}.${region}.amazonaws.com`,
      'kms:EncryptionContext:tablename': ABSENT,
    },
  }));
}
