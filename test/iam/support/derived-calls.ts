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

/** The calls that DynamoDB and S3 make on a key on behalf of a caller of their tables and buckets. */
export function derivedCalls(call: Call, { keysOf }: Account): Call[] {
  const [, , service = ''] = call.on.split(':');
  const store = service === 's3' ? (call.on.split('/')[0] ?? '') : call.on;
  const key = keysOf.get(store);
  if (key === undefined) return [];
  const actions = service === 's3' ? (OBJECTS[call.action] ?? []) : TABLE_READS.includes(call.action) ? READS : WRITES;
  const region = key.split(':')[3];
  return actions.map((action) => ({
    ...call,
    by: `${service === 's3' ? 'S3' : 'DynamoDB'} for ${call.by}`,
    action: `kms:${action}`,
    on: key,
    context: {
      'kms:ViaService': `${service}.${region}.amazonaws.com`,
      'kms:EncryptionContext:tablename': ABSENT,
    },
  }));
}
