import { anyPartition, arnIfIn, branchKeys, type Row } from './row';

const SDK = 'AWS Encryption SDK';
const context = anyPartition('ada');

/** Reading branch keys. */
export const branchKeyReads = (prefix: '' | 'RECOVERY_'): readonly Row[] => [
  { by: SDK, commands: ['GetItem'], on: arnIfIn(`${prefix}BRANCH_KEYS_TABLE_ARN`), context },
  { by: SDK, commands: ['Decrypt'], on: arnIfIn(`${prefix}WORKSPACE_KEY_ARN`), context: branchKeys },
];

/** Reading whether the store has the mark of an erasure. */
export const erasureMark = (prefix: '' | 'RECOVERY_'): Row => ({
  by: 'workspace/keyring/branch-keyring.ts',
  commands: ['GetItem'],
  on: arnIfIn(`${prefix}BRANCH_KEYS_TABLE_ARN`),
  context,
});

/** Creating branch keys. The key store's client adds a check to each transaction. */
export const BRANCH_KEY_CREATION: readonly Row[] = [
  {
    by: SDK,
    commands: ['TransactWriteItems: ConditionCheckItem, PutItem'],
    on: arnIfIn('BRANCH_KEYS_TABLE_ARN'),
    context,
  },
  {
    by: SDK,
    commands: ['GenerateDataKeyWithoutPlaintext', 'ReEncrypt'],
    on: arnIfIn('WORKSPACE_KEY_ARN'),
    context: branchKeys,
  },
];

/** Deleting branch keys, and marking their owner as erased. */
export const branchKeyErasure = (prefix: '' | 'RECOVERY_'): Row => ({
  by: 'workspace/keyring/branch-key-erasure.ts',
  commands: ['BatchWriteItem', 'DeleteItem', 'Query', 'UpdateItem'],
  on: arnIfIn(`${prefix}BRANCH_KEYS_TABLE_ARN`),
  context,
});
