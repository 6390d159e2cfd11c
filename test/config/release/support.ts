import { createHash, createHmac, createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { PinnedKeys } from '@/lib/config/release/trusted-keys';
import { updateRelease } from '@/lib/config/release/update-release';
import type { FactTables } from '@/lib/facts/layers';
import type { PublicJwk } from '@/lib/facts/release-facts';
import { keyChangePayload, releasePayload, signed } from '@/scripts/facts-release';

/** A key pair that exists only while a test runs. */
export interface TestKey {
  readonly jwk: JWK;
  readonly publicJwk: PublicJwk;
  readonly kid: string;
}

export async function newKey(): Promise<TestKey> {
  const { privateKey } = await generateKeyPair('Ed25519', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: jwk.x as string } as const;
  return { jwk, publicJwk, kid: await calculateJwkThumbprint(jwk) };
}

/** The keys of a test: two that the owner pins, the one that replaces the first, and one that no one trusts. */
export interface TestKeys {
  readonly first: TestKey;
  readonly second: TestKey;
  readonly next: TestKey;
  readonly other: TestKey;
}

export async function newKeys(): Promise<TestKeys> {
  const [first, second, next, other] = [await newKey(), await newKey(), await newKey(), await newKey()];
  return { first, second, next, other };
}

export const pinnedOf = ({ first, second }: TestKeys): PinnedKeys => ({
  first: first.publicJwk,
  second: second.publicJwk,
});

export const DAY = '2026-12-01';

/** A day so many days after {@link DAY}. */
export const dayAfter = (days: number) => new Date(Date.parse(DAY) + days * 86_400_000).toISOString().slice(0, 10);

/** A model that the package doesn't know. */
export const NEW_MODEL = 'eu.exemple.wise-1-v1:0';

export const TABLES: Partial<FactTables> = {
  profiles: [
    {
      id: NEW_MODEL,
      kind: 'inference',
      prefix: 'eu',
      modelId: 'exemple.wise-1-v1:0',
      routes: { 'eu-central-1': ['eu-central-1', 'eu-west-1'] },
      status: 'listed',
      source: 'maker',
      asOf: '2026-11-20',
      confidence: 'high',
    },
  ],
};

interface Parts {
  readonly version?: number;
  readonly previous?: string;
  readonly checkedAt?: string;
  readonly tables?: Partial<FactTables>;
  readonly by?: TestKey;
}

/** The text of a release that the first key signed. */
export const releaseText = (
  keys: TestKeys,
  { version = 1, previous, checkedAt = DAY, tables = TABLES, by = keys.first }: Parts = {},
): Promise<string> => signed(releasePayload({ version, ...(previous && { previous }), checkedAt, tables }), by.jwk);

/** The text of a key change that the second key signed. */
export const keyChangeText = (
  keys: TestKeys,
  version: number,
  {
    firstKey = keys.next,
    by = keys.second,
    signedAt = DAY,
  }: { firstKey?: TestKey; by?: TestKey; signedAt?: string } = {},
): Promise<string> => signed(keyChangePayload(version, signedAt, firstKey.publicJwk), by.jwk);

/** The folder of a configuration, with files to accept next to it. */
export class Folder {
  public readonly path = mkdtempSync(path.join(tmpdir(), 'facts-release-'));
  private files = 0;

  constructor(private readonly keys: TestKeys) {}

  /** Accepts a text as `facts update` does. */
  public accept(text: string, today = DAY, pinned: PinnedKeys | undefined = pinnedOf(this.keys)) {
    return updateRelease(this.file(text), this.path, pinned, today);
  }

  /** A file elsewhere with this text. */
  public file(text: string | Buffer): string {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'download-')), `release-${this.files++}.json`);
    writeFileSync(file, text);
    return file;
  }

  /** Every file of the folder with its text. */
  public get contents(): Record<string, string> {
    return Object.fromEntries(
      readdirSync(this.path).map((name) => [name, readFileSync(path.join(this.path, name), 'utf8')]),
    );
  }
}

/** The digest of the signed content of a text. */
export const digestOfText = (text: string): string =>
  createHash('sha256')
    .update(Buffer.from(JSON.parse(text).payload, 'base64url'))
    .digest('hex');

/** A signed file with any content and header, however wrong. */
export function signedAnyhow(payload: string | Buffer, header: object, { jwk, publicJwk }: TestKey) {
  const encoded = {
    payload: Buffer.from(payload).toString('base64url'),
    protected: Buffer.from(JSON.stringify(header)).toString('base64url'),
  };
  const { alg } = header as { alg?: string };
  const signing = `${encoded.protected}.${encoded.payload}`;
  // What a verifier would compute that takes the algorithm from the file, and the public key for a secret.
  if (alg === 'HS256') {
    const secret = Buffer.from(publicJwk.x, 'base64url');
    return { ...encoded, signature: createHmac('sha256', secret).update(signing).digest('base64url') };
  }
  if (alg === 'none') return { ...encoded, signature: '' };
  const key = createPrivateKey({ key: jwk as never, format: 'jwk' });
  return { ...encoded, signature: sign(null, Buffer.from(signing), key).toString('base64url') };
}
