import type { Bundle } from '../bundle/bundle';
import type { Findings } from '../shared/finding';
import { type Digest, readDigest } from './digest';
import type { DigestSignature } from './digest-signatures';
import { chainOf, digestFileOf, isBackfill, trailOf } from './trail-files';
import type { UsableKeys } from './trail-keys';

/** What CloudTrail's digests confirm. */
export interface DigestedTrail {
  /** The hashes of files of events, by their names. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Regions with a chain of digests of one trail, whose signatures are true. One of late files alone is none. */
  readonly regions: ReadonlySet<string>;
  /** Regions with digests that no public key could verify. */
  readonly withoutKeys: ReadonlySet<string>;
  readonly digests: number;
}

/** The period that digests must cover, in milliseconds since 1970: its end is excluded. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Verifies all digests of a bundle, and that each Region's are one chain over the period. */
export function readDigests(
  bundle: Bundle,
  { bucket, signatures, keys, period }: DigestContext,
  findings: Findings,
): DigestedTrail {
  const chains = new Map<string, { readonly region: string; readonly digests: Digest[] }>();
  const hashes = new Map<string, string>();
  const withoutKeys = new Set<string>();
  let count = 0;
  for (const file of bundle.files) {
    const name = digestFileOf(file);
    if (name === undefined) continue;
    const ofRegion = keys.byRegion.get(name.region);
    if (ofRegion === undefined) {
      withoutKeys.add(name.region);
      continue;
    }
    const chain = chains.get(chainOf(file)) ?? { region: name.region, digests: [] };
    chains.set(chainOf(file), chain);
    try {
      const digest = readDigest(file, bundle, bucket, signatures.get(file), ofRegion);
      chain.digests.push(digest);
      for (const { file: log, hash } of digest.logs) hashes.set(log, hash);
      count += 1;
    } catch (error) {
      const why =
        error instanceof SyntaxError || error instanceof TypeError ? 'another form' : (error as Error).message;
      findings.failure(file, why, 'a digest that CloudTrail signed');
    }
  }
  for (const { digests } of chains.values()) requireChain(digests, period, bundle, findings);
  return { hashes, regions: regionsOfOneTrail([...chains.values()]), withoutKeys, digests: count };
}

/**
 * The Regions of the trail that has the most of them. Another trail may record less, for example no reading events, so it can't stand
 * in for this one in a Region where its digests were removed.
 */
function regionsOfOneTrail(chains: readonly { readonly region: string; readonly digests: readonly Digest[] }[]) {
  const byTrail = new Map<string, Set<string>>();
  for (const { region, digests } of chains) {
    const [first] = digests;
    if (first === undefined || isBackfill(first.file)) continue;
    const trail = trailOf(first.file);
    byTrail.set(trail, (byTrail.get(trail) ?? new Set<string>()).add(region));
  }
  const [most] = [...byTrail.values()].sort((one, other) => other.size - one.size);
  return most ?? new Set<string>();
}

interface DigestContext {
  readonly bucket: string | undefined;
  readonly signatures: ReadonlyMap<string, DigestSignature>;
  readonly keys: UsableKeys;
  readonly period: Period | undefined;
}

function requireChain(digests: Digest[], period: Period | undefined, bundle: Bundle, findings: Findings): void {
  digests.sort((one, other) => one.end - other.end);
  let before: Digest | undefined;
  for (const digest of digests) {
    requireLink(digest, before, bundle, findings);
    before = digest;
  }
  const [first] = digests;
  // A backfill digest exists only if a file was late.
  if (period === undefined || first === undefined || before === undefined || isBackfill(first.file)) return;
  if (first.start > period.from) {
    findings.gap(first.file, `digests begin at ${at(first.start)}`, `digests from ${at(period.from)}`);
  }
  if (before.end < period.to) {
    findings.gap(before.file, `digests end at ${at(before.end)}`, `digests up to ${at(period.to)}`);
  }
}

function requireLink(digest: Digest, before: Digest | undefined, bundle: Bundle, findings: Findings): void {
  const { file, previous, start } = digest;
  if (before === undefined) return;
  if (previous === undefined) {
    const kind = isBackfill(file) || start <= before.end ? undefined : 'gap';
    if (kind) findings.gap(file, `logging was stopped from ${at(before.end)} to ${at(start)}`, 'a chain of digests');
  } else if (previous.file !== before.file) {
    if (bundle.has(previous.file)) findings.failure(file, 'another digest before it', 'the one that it names');
    else findings.gap(previous.file, 'no such file', `the digest before ${file}`);
  } else if (previous.signature !== before.signature) {
    findings.failure(before.file, 'another signature', `the one that ${file} names`);
  } else if (start !== before.end && !isBackfill(file)) {
    findings.gap(file, `no digest from ${at(before.end)} to ${at(start)}`, 'a chain of digests');
  }
}

const at = (time: number): string => new Date(time).toISOString();
