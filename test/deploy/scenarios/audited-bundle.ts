import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { audit } from '@/lib/cli/commands/audit';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import type { Context } from '../read-back/context';

export interface AuditedBundle {
  readonly Bucket: string;
  readonly KeyId: string;
  readonly day: string;
  readonly requests: number;
}

/** Runs `audit bundle` with the emulator, and the statement of the bundle without it. The emulator writes no trail, so the statement isn't complete. */
export async function auditedBundle(
  { aws }: Context,
  { Bucket, KeyId, day, requests }: AuditedBundle,
): Promise<string> {
  const { PublicKey } = await aws.kms.send(new GetPublicKeyCommand({ KeyId }));
  const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  const [pem, bundle] = [path.join(WORK, 'ledger.pem'), path.join(WORK, 'bundle')];
  writeFileSync(pem, key.export({ format: 'pem', type: 'spki' }));
  const source = ['--from', day, '--to', day, '--bucket', Bucket, '--region', aws.region];
  const environment = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  try {
    assert.equal((await printed(['bundle', ...source, '--out', bundle])).code, 0);
  } finally {
    process.env = environment;
  }
  const { code, text } = await printed(['--bundle', bundle, '--key', pem, '--format', 'json']);
  console.log(text.slice(0, 6000));
  const statement = JSON.parse(text);
  assert.equal(code, 1);
  assert.equal(statement.requests, requests);
  return '';
}

/** Runs the command, and returns what it prints. */
async function printed(args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  const { log, error } = console;
  const lines: string[] = [];
  console.log = (line: string) => void lines.push(line);
  console.error = () => undefined;
  try {
    return { code: await audit(args), text: lines.join('\n') };
  } finally {
    Object.assign(console, { log, error });
  }
}
