import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import type { ContentDatabase } from '../shared/content-database';
import { invalid, LocalFault, requireKnown } from '../shared/fault';
import { JsonService } from '../shared/json-service';

type Input = Readonly<Record<string, unknown>>;
type Context = Readonly<Record<string, string>>;

/**
 * The part of KMS that a workspace uses. Keys are random and stored in the data folder, next to the content that they encrypt. This
 * shows how everything works, and protects nothing.
 */
export class LocalKms extends JsonService {
  constructor(
    private readonly database: ContentDatabase,
    private readonly now: () => Date,
  ) {
    super('application/x-amz-json-1.1');
  }

  /** The ARN of an owner's key, which is created on first use. */
  public keyArn(region: string, owner: string): string {
    const prefix = `arn:aws:kms:${region}:000000000000:key/`;
    const row = this.database.get('SELECT arn FROM kms_key WHERE owner = ? AND arn LIKE ?', owner, `${prefix}%`);
    if (row !== undefined) return String(row.arn);
    const arn = `${prefix}${randomUUID()}`;
    this.database.run('INSERT INTO kms_key (arn, owner, material) VALUES (?, ?, ?)', arn, owner, randomBytes(32));
    return arn;
  }

  protected override readonly operations = {
    GenerateDataKey: (input: Input) => {
      requireKnown('GenerateDataKey', input, [...NEW_KEY]);
      const plain = randomBytes(lengthOf(input));
      return { ...this.encrypt(String(input.KeyId), plain, context(input)), Plaintext: plain.toString('base64') };
    },
    GenerateDataKeyWithoutPlaintext: (input: Input) => {
      requireKnown('GenerateDataKeyWithoutPlaintext', input, [...NEW_KEY]);
      return this.encrypt(String(input.KeyId), randomBytes(lengthOf(input)), context(input));
    },
    Encrypt: (input: Input) => {
      requireKnown('Encrypt', input, ['KeyId', 'Plaintext', ...SHARED]);
      const plain = Buffer.from(String(input.Plaintext), 'base64');
      if (plain.length < 1 || plain.length > 4096)
        throw invalid('Value at plaintext must have length between 1 and 4096');
      return { ...this.encrypt(String(input.KeyId), plain, context(input)), ...ALGORITHM };
    },
    Decrypt: (input: Input) => {
      requireKnown('Decrypt', input, ['KeyId', 'CiphertextBlob', ...SHARED]);
      const { KeyId, plain } = this.decrypt(input.CiphertextBlob, input.KeyId, context(input));
      return { KeyId, Plaintext: plain.toString('base64'), ...ALGORITHM };
    },
    ReEncrypt: (input: Input) => {
      requireKnown('ReEncrypt', input, [
        'CiphertextBlob',
        'SourceKeyId',
        'SourceEncryptionContext',
        'DestinationKeyId',
        'DestinationEncryptionContext',
        'GrantTokens',
      ]);
      const source = context(input, 'SourceEncryptionContext');
      const { KeyId, plain } = this.decrypt(input.CiphertextBlob, input.SourceKeyId, source);
      const destination = context(input, 'DestinationEncryptionContext');
      return { ...this.encrypt(String(input.DestinationKeyId), plain, destination), SourceKeyId: KeyId };
    },
    DescribeKey: (input: Input) => {
      requireKnown('DescribeKey', input, ['KeyId', 'GrantTokens']);
      const { arn: Arn, deletion } = this.known(String(input.KeyId));
      return {
        KeyMetadata: {
          Arn,
          KeyId: Arn.split('/')[1],
          AWSAccountId: '000000000000',
          Enabled: deletion === undefined,
          KeyState: deletion === undefined ? 'Enabled' : 'PendingDeletion',
          ...(deletion !== undefined && { DeletionDate: deletion / 1_000 }),
          KeyUsage: 'ENCRYPT_DECRYPT',
          KeySpec: 'SYMMETRIC_DEFAULT',
          MultiRegion: false,
        },
      };
    },
    ScheduleKeyDeletion: (input: Input) => {
      requireKnown('ScheduleKeyDeletion', input, ['KeyId', 'PendingWindowInDays']);
      const { PendingWindowInDays: days = 30 } = input;
      if (typeof days !== 'number' || days < 7 || days > 30)
        throw invalid('Value at pendingWindowInDays must be between 7 and 30');
      const { arn } = this.material(String(input.KeyId));
      const deletion = this.now().getTime() + days * DAY_MS;
      this.database.run('UPDATE kms_key SET deletion = ? WHERE arn = ?', deletion, arn);
      return { KeyId: arn, DeletionDate: deletion / 1_000, KeyState: 'PendingDeletion', PendingWindowInDays: days };
    },
    CancelKeyDeletion: (input: Input) => {
      requireKnown('CancelKeyDeletion', input, ['KeyId']);
      const { arn, deletion } = this.known(String(input.KeyId));
      if (deletion === undefined) throw new LocalFault('KMSInvalidStateException', `${arn} is not pending deletion.`);
      this.database.run('UPDATE kms_key SET deletion = NULL WHERE arn = ?', arn);
      return { KeyId: arn };
    },
  };

  /** The blob names its key, as in KMS, so that decryption finds it. A different context fails. */
  private encrypt(keyId: string, plain: Buffer, aad: Buffer): { KeyId: string; CiphertextBlob: string } {
    const { arn, material } = this.material(keyId);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', material, iv).setAAD(aad);
    const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
    const id = Buffer.from((arn.split('/')[1] as string).replaceAll('-', ''), 'hex');
    const blob = Buffer.concat([id, iv, cipher.getAuthTag(), ciphertext]);
    return { KeyId: arn, CiphertextBlob: blob.toString('base64') };
  }

  private decrypt(text: unknown, keyId: unknown, aad: Buffer): { KeyId: string; plain: Buffer } {
    const blob = Buffer.from(String(text), 'base64');
    const id = blob
      .subarray(0, 16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const row = this.database.get('SELECT arn FROM kms_key WHERE arn LIKE ?', `%:key/${id}`);
    if (row === undefined || blob.length < 45) throw new LocalFault('InvalidCiphertextException', '');
    const { arn, material } = this.material(String(row.arn));
    if (keyId !== undefined && this.material(String(keyId)).arn !== arn) {
      throw new LocalFault(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      );
    }
    const opened = createDecipheriv('aes-256-gcm', material, blob.subarray(16, 28))
      .setAAD(aad)
      .setAuthTag(blob.subarray(28, 44));
    try {
      return { KeyId: arn, plain: Buffer.concat([opened.update(blob.subarray(44)), opened.final()]) };
    } catch {
      throw new LocalFault('InvalidCiphertextException', '');
    }
  }

  /** A usable key. */
  private material(keyId: string): { arn: string; material: Uint8Array } {
    const { arn, material, deletion } = this.known(keyId);
    if (deletion !== undefined) throw new LocalFault('KMSInvalidStateException', `${arn} is pending deletion.`);
    return { arn, material };
  }

  /** An existing key, with the time of its deletion. Keys whose time has passed are destroyed first. */
  private known(keyId: string): { arn: string; material: Uint8Array; deletion?: number } {
    const over = 'UPDATE kms_key SET material = zeroblob(0) WHERE deletion <= ? AND length(material) > 0';
    this.database.run(over, this.now().getTime());
    const row = this.database.get('SELECT arn, material, deletion FROM kms_key WHERE arn = ?', keyId);
    const material = row?.material as Uint8Array | undefined;
    if (row === undefined || material === undefined || material.length === 0) {
      throw new LocalFault('NotFoundException', `Key '${keyId}' does not exist`);
    }
    return { arn: String(row.arn), material, deletion: row.deletion === null ? undefined : Number(row.deletion) };
  }
}

const DAY_MS = 86_400_000;
const SHARED = ['EncryptionContext', 'GrantTokens', 'EncryptionAlgorithm'];
const NEW_KEY = ['KeyId', 'EncryptionContext', 'GrantTokens', 'KeySpec', 'NumberOfBytes'];
const ALGORITHM = { EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };

/** The same text for equal contexts, because the order of their members is irrelevant. */
function context(input: Input, member = 'EncryptionContext'): Buffer {
  const given = Object.entries((input[member] ?? {}) as Context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify(given));
}

function lengthOf({ KeySpec, NumberOfBytes }: Input): number {
  if (KeySpec === 'AES_256') return 32;
  if (KeySpec === 'AES_128') return 16;
  if (typeof NumberOfBytes === 'number' && NumberOfBytes >= 1 && NumberOfBytes <= 1024) return NumberOfBytes;
  throw invalid('Please specify either number of bytes or key spec.');
}
