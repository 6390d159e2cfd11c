import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CancelKeyDeletionCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
import { LocalAws } from '@/lib/local/aws/local-aws';

const folder = mkdtempSync(path.join(tmpdir(), 'kms-'));
const open = () => new LocalAws({ file: path.join(folder, 'content.sqlite'), region: 'eu-central-1', tables: [] });
let aws = open();
let kms = aws.kms();
afterAll(() => {
  aws.close();
  rmSync(folder, { recursive: true });
});

const KeyId = aws.keyArn('sciences');
const EncryptionContext = { workspace: 'sciences', user: 'ada' };
const Plaintext = Buffer.from('text');
const encrypted = async () =>
  (await kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }))).CiphertextBlob as Uint8Array;
const named = (name: string) => expect.objectContaining({ name });

test('each owner has one key, also after a restart', async () => {
  const CiphertextBlob = await encrypted();
  aws.close();
  aws = open();
  kms = aws.kms();
  expect(aws.keyArn('sciences')).toBe(KeyId);
  expect(aws.keyArn('letters')).not.toBe(KeyId);
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
  expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
  expect(opened.KeyId).toBe(KeyId);
});

test('decryption ignores the order of a context, but requires an equal context', async () => {
  const CiphertextBlob = await encrypted();
  const decrypt = (context?: Record<string, string>) =>
    kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context, KeyId }));
  await decrypt({ user: 'ada', workspace: 'sciences' });
  const others: (Record<string, string> | undefined)[] = [
    undefined,
    {},
    { user: 'ada' },
    { ...EncryptionContext, user: 'eve' },
  ];
  for (const context of others) {
    await expect(decrypt(context)).rejects.toEqual(named('InvalidCiphertextException'));
  }
});

test('a blob can be decrypted only unchanged and with its own key', async () => {
  const CiphertextBlob = await encrypted();
  const decrypt = (blob: Uint8Array, key?: string) =>
    kms.send(new DecryptCommand({ CiphertextBlob: blob, EncryptionContext, KeyId: key }));
  await expect(decrypt(CiphertextBlob, aws.keyArn('letters'))).rejects.toEqual(named('IncorrectKeyException'));
  await expect(decrypt(CiphertextBlob, `${KeyId.slice(0, -1)}x`)).rejects.toEqual(named('NotFoundException'));
  for (const at of [0, 20, 30, CiphertextBlob.length - 1]) {
    const changed = CiphertextBlob.map((byte, index) => (index === at ? byte ^ 1 : byte));
    await expect(decrypt(changed)).rejects.toEqual(named('InvalidCiphertextException'));
  }
  await expect(decrypt(Buffer.from('x'))).rejects.toEqual(named('InvalidCiphertextException'));
});

test('data keys are returned with or without plaintext, and re-encrypted under another context', async () => {
  const made = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
  expect(made.Plaintext).toHaveLength(32);
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }));
  expect(opened.Plaintext).toEqual(made.Plaintext);
  const { CiphertextBlob } = await kms.send(
    new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 16, EncryptionContext }),
  );
  const moved = await kms.send(
    new ReEncryptCommand({
      CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: aws.keyArn('letters'),
      DestinationEncryptionContext: { other: 'context' },
    }),
  );
  const both = await Promise.all([
    kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })),
    kms.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { other: 'context' } })),
  ]);
  expect(both[0].Plaintext).toEqual(both[1].Plaintext);
});

test('a key’s description has the form of KMS’s', async () => {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  expect(KeyMetadata).toMatchObject({ Arn: KeyId, KeyState: 'Enabled', MultiRegion: false });
});

test('an unsupported request is refused explicitly', async () => {
  const Message = Buffer.from('x');
  const sign = kms.send(new SignCommand({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' }));
  await expect(sign).rejects.toEqual(named('UnsupportedByLocalStore'));
  const dry = kms.send(new EncryptCommand({ KeyId, Plaintext, DryRun: true }));
  await expect(dry).rejects.toEqual(named('UnsupportedByLocalStore'));
});

test('a key pending deletion is refused for every use, is usable again after a cancellation, and is destroyed on its date', async () => {
  let time = Date.UTC(2026, 10, 27);
  const file = path.join(folder, 'ending.sqlite');
  const other = new LocalAws({ file, region: 'eu-central-1', tables: [], now: () => new Date(time) });
  const client = other.kms();
  const key = { KeyId: other.keyArn('sciences') };
  const stateOf = async () => (await client.send(new DescribeKeyCommand(key))).KeyMetadata?.KeyState;
  const { CiphertextBlob } = await client.send(new EncryptCommand({ ...key, Plaintext }));
  const decrypt = () => client.send(new DecryptCommand({ CiphertextBlob }));
  await expect(client.send(new ScheduleKeyDeletionCommand({ ...key, PendingWindowInDays: 6 }))).rejects.toThrow(
    '7 and 30',
  );
  const { DeletionDate } = await client.send(new ScheduleKeyDeletionCommand({ ...key, PendingWindowInDays: 7 }));
  expect(DeletionDate).toEqual(new Date(time + 7 * 86_400_000));
  expect(await stateOf()).toBe('PendingDeletion');
  await expect(decrypt()).rejects.toEqual(named('KMSInvalidStateException'));
  await expect(client.send(new EncryptCommand({ ...key, Plaintext }))).rejects.toEqual(
    named('KMSInvalidStateException'),
  );
  await client.send(new CancelKeyDeletionCommand(key));
  await decrypt();
  await client.send(new ScheduleKeyDeletionCommand({ ...key, PendingWindowInDays: 7 }));
  time += 7 * 86_400_000;
  await expect(stateOf()).rejects.toEqual(named('NotFoundException'));
  await expect(decrypt()).rejects.toEqual(named('NotFoundException'));
  other.close();
});
