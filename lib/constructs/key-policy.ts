/** What a manager of a key may do: nothing that reads or writes content, lends the key, or takes it to another Region. */
export const MANAGEMENT_ACTIONS = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

export const ENCRYPT_ACTIONS = ['kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
export const DECRYPT_ACTIONS = ['kms:Decrypt'];
export const DESCRIBE_ACTIONS = ['kms:DescribeKey'];

/** What reads or writes content, or lets somebody else do so. */
const USES = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DeriveSharedSecret',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:ReplicateKey',
];

interface StatementJson {
  readonly Effect?: string;
  readonly Action?: string | string[];
  readonly NotAction?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: unknown;
}

/** Why a resolved statement lets a key be used by more than whom it names; none if it doesn't. */
export function tooWide(statement: StatementJson): string | undefined {
  if (statement.Effect !== 'Allow' || !allowsUse(statement)) return undefined;
  if (statement.NotPrincipal !== undefined) return 'everybody but some';
  const principal = JSON.stringify(statement.Principal ?? '*');
  const condition = JSON.stringify(statement.Condition ?? {});
  if (/:root"|"\*"|"\d{12}"/.test(principal) && !/"aws:PrincipalArn"/i.test(condition)) return 'a whole account';
  if (/"Service"/.test(principal) && condition === '{}') return 'a service, on behalf of anybody';
  return undefined;
}

function allowsUse({ Action, NotAction }: StatementJson): boolean {
  if (NotAction !== undefined) return true;
  return [Action ?? []].flat().some((pattern) => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    return USES.some((action) => new RegExp(`^${source}$`, 'i').test(action));
  });
}
