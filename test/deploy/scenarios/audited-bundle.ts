import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { audit } from '@/lib/cli/commands/audit';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import type { Context } from '../read-back/context';

/** Where the ledger is, and what a statement about it must say. */
export interface AuditedBundle {
  readonly Bucket: string;
  readonly KeyId: string;
  /** The only closed hour, such as `2026-11-30T17`. */
  readonly hour: string;
  readonly requests: number;
}

/**
 * Copies a bundle from the emulator with the command, which then states what it shows. The emulator writes no trail, and the fake model gives
 * no request IDs, so no call can be joined, and the statement isn't complete.
 */
export async function auditedBundle(
  { aws }: Context,
  { Bucket, KeyId, hour, requests }: AuditedBundle,
): Promise<string> {
  const { PublicKey } = await aws.kms.send(new GetPublicKeyCommand({ KeyId }));
  const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  const [pem, other, bundle] = ['ledger.pem', 'other.pem', 'bundle'].map((name) => path.join(WORK, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(pem, key.export({ format: 'pem', type: 'spki' }));
  writeFileSync(other, generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }));
  const day = hour.slice(0, 10);
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
  const { requests: found, complete, calls, findings } = await statementBy(pem, bundle);
  assert.deepEqual([found, complete, calls.inside, calls.outside], [requests, false, 0, 0]);
  const ofLedger = findings.filter(({ file }) => !file.startsWith('trail of '));
  assert.ok(findings.length > ofLedger.length, 'no trail is missing');
  // Hours of the day that aren't over.
  for (const { kind, file } of ofLedger) {
    assert.equal(kind, 'gap', file);
    const [, day = '', ofDay = ''] = /^ledger\/(\d{4}\/\d\d\/\d\d)\/(\d\d)\.ndjson\.gz$/.exec(file) ?? [];
    assert.ok(`${day.replaceAll('/', '-')}T${ofDay}` > hour, file);
  }
  const { findings: contradictions } = await statementBy(other, bundle);
  assert.ok(contradictions.some(({ kind, file }) => kind !== 'gap' && file.startsWith('ledger/checkpoints/')));
  return `${found} requests, ${calls.notJoinable} calls not joinable`;
}

interface Statement {
  readonly requests: number;
  readonly complete: boolean;
  readonly calls: Readonly<Record<'inside' | 'outside' | 'notJoinable', number>>;
  readonly findings: readonly { readonly kind: string; readonly file: string }[];
}

/** The statement of a bundle that isn't complete, with the public key in a file. */
async function statementBy(key: string, bundle: string): Promise<Statement> {
  const { code, text } = await printed(['--bundle', bundle, '--key', key, '--format', 'json']);
  assert.equal(code, 1);
  return JSON.parse(text);
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
