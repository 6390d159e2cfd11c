/**
 * Makes a facts release, or a key change, on a maintainer's own machine. No key is stored in this repository.
 *
 *   npm run facts:release -- keys                              a new key pair: the private JWK to keep, the public one to publish
 *   npm run facts:release -- release --version N --previous FILE|none --out FILE
 *   npm run facts:release -- key-change --version N --first-key PUBLIC_JWK_FILE --out FILE
 *
 * The signing key is a private JWK in the file that FACTS_RELEASE_KEY_FILE names: the first key for a release, the second one for a
 * key change.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { calculateJwkThumbprint, exportJWK, FlattenedSign, generateKeyPair, importJWK, type JWK } from 'jose';
import { ALGORITHM, digestOf, parseJws, TYPE } from '../lib/config/release/jws';
import { contentOf, DAYS_TO_ACCEPT, KEY_CHANGE_FORMAT, RELEASE_FORMAT } from '../lib/config/release/payload';
import { BEDROCK_APIS } from '../lib/facts/generated/bedrock-apis';
import { HOSTS } from '../lib/facts/generated/hosts';
import { MODEL_RETENTION } from '../lib/facts/generated/model-retention';
import { MODEL_TRAITS } from '../lib/facts/generated/model-traits';
import { MODELS } from '../lib/facts/generated/models';
import { ON_DEMAND_MODELS } from '../lib/facts/generated/on-demand-models';
import { PROFILES } from '../lib/facts/generated/profiles';
import { PROVIDERS } from '../lib/facts/generated/providers';
import type { FactTables } from '../lib/facts/layers';

/** The days from a check of the sources to the next one. */
const DAYS_TO_NEXT_CHECK = 60;

/** The tables of this working tree. */
export const TABLES: FactTables = {
  profiles: PROFILES,
  onDemandModels: ON_DEMAND_MODELS,
  modelRetention: MODEL_RETENTION,
  models: MODELS,
  modelTraits: MODEL_TRAITS,
  bedrockApis: BEDROCK_APIS,
  hosts: HOSTS,
  providers: PROVIDERS,
};

/** What a release is made of. */
export interface ReleaseParts {
  readonly version: number;
  /** The text of the release before it; none for the first one. */
  readonly previous?: string;
  /** The day on which the rows were compared with their sources. */
  readonly checkedAt: string;
  readonly tables: Partial<FactTables>;
}

const after = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The content of a release, before it is signed. */
export function releasePayload({ version, previous, checkedAt, tables }: ReleaseParts): object {
  return {
    format: RELEASE_FORMAT,
    version,
    checkedAt,
    nextCheck: after(checkedAt, DAYS_TO_NEXT_CHECK),
    expires: after(checkedAt, DAYS_TO_ACCEPT),
    previous: previous === undefined ? null : previousOf(previous),
    tables,
  };
}

function previousOf(text: string) {
  const jws = parseJws(text);
  const content = contentOf(jws);
  if (content.kind !== 'release') throw new Error('--previous must be the release before this one, not a key change');
  return { version: content.version, digest: digestOf(jws) };
}

/** The content of a key change, before the second key signs it. */
export const keyChangePayload = (version: number, signedAt: string, { kty, crv, x }: JWK): object => ({
  format: KEY_CHANGE_FORMAT,
  version,
  signedAt,
  expires: after(signedAt, DAYS_TO_ACCEPT),
  firstKey: { kty, crv, x },
});

/** The text of a signed file. */
export async function signed(payload: object, privateJwk: JWK): Promise<string> {
  const key = await importJWK(privateJwk, ALGORITHM);
  const kid = await calculateJwkThumbprint(privateJwk);
  const jws = await new FlattenedSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: TYPE })
    .sign(key);
  const { payload: content, protected: header, signature } = jws;
  const text = `${JSON.stringify({ payload: content, protected: header, signature }, null, 2)}\n`;
  // What can't be accepted isn't published.
  contentOf(parseJws(text));
  return text;
}

const OPTIONS = {
  version: { type: 'string' },
  previous: { type: 'string' },
  'first-key': { type: 'string' },
  out: { type: 'string' },
} as const;

async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const [action] = positionals;
  if (action === 'keys') {
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    console.error(
      'The first line is the private key: keep it offline, and commit it nowhere. The second one is public.',
    );
    console.log(JSON.stringify(await exportJWK(privateKey)));
    console.log(JSON.stringify(await exportJWK(publicKey)));
    return;
  }
  const given = (name: keyof typeof OPTIONS): string => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`facts:release needs --${name}; the head of scripts/facts-release.ts has the usage`);
    return value;
  };
  const keyFile = process.env.FACTS_RELEASE_KEY_FILE;
  if (keyFile === undefined)
    throw new Error('FACTS_RELEASE_KEY_FILE must name the file of a private JWK, outside this repository');
  const key: JWK = JSON.parse(readFileSync(keyFile, 'utf8'));
  const version = Number(given('version'));
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(given('out'), await signed(payloadOf(), key));

  function payloadOf(): object {
    if (action === 'key-change') {
      return keyChangePayload(version, today, JSON.parse(readFileSync(given('first-key'), 'utf8')));
    }
    if (action !== 'release') throw new Error("facts:release takes 'keys', 'release' or 'key-change'");
    const before = given('previous');
    const previous = before === 'none' ? undefined : readFileSync(before, 'utf8');
    return releasePayload({ version, ...(previous && { previous }), checkedAt: today, tables: TABLES });
  }
}

if (require.main === module) {
  run(process.argv.slice(2)).catch((error: Error) => {
    console.error(`facts:release: ${error.message}`);
    process.exitCode = 1;
  });
}
