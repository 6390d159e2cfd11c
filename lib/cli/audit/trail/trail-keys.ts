import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Bundle } from '../bundle/bundle';
import type { Findings } from '../shared/finding';

/** CloudTrail's public keys of a Region, as its API returned them. */
export interface TrailKeys {
  readonly region: string;
  /** In ISO 8601. */
  readonly fetchedAt: string;
  readonly keys: readonly TrailKey[];
}

export interface TrailKey {
  readonly fingerprint: string;
  /** PKCS #1, as base64 of DER. */
  readonly value: string;
  /** In ISO 8601. */
  readonly validFrom: string;
  readonly validTo: string;
}

export const TRAIL_KEYS_FILE = 'trail-keys.json';
const MOST_BYTES = 4 * 1_024 * 1_024;

/** A key that can be verified with. */
export interface UsableKey {
  readonly publicKey: KeyObject;
  readonly validFrom: number;
  readonly validTo: number;
}

/** CloudTrail's keys of a bundle by their fingerprints, and when they were fetched. */
export interface UsableKeys {
  readonly byFingerprint: ReadonlyMap<string, UsableKey>;
  readonly fetched: readonly { readonly region: string; readonly fetchedAt: string }[];
}

/** Reads the keys of a bundle. */
export function readTrailKeys(bundle: Bundle, findings: Findings): UsableKeys {
  const byFingerprint = new Map<string, UsableKey>();
  const fetched: { region: string; fetchedAt: string }[] = [];
  if (!bundle.has(TRAIL_KEYS_FILE)) {
    findings.gap(TRAIL_KEYS_FILE, 'no such file', "CloudTrail's public keys of each Region");
    return { byFingerprint, fetched };
  }
  try {
    const regions = JSON.parse(bundle.read(TRAIL_KEYS_FILE, MOST_BYTES).toString()) as TrailKeys[];
    for (const { region, fetchedAt, keys } of regions) {
      if (!/^[a-z0-9-]{1,40}$/.test(region) || Number.isNaN(Date.parse(fetchedAt))) throw new Error('wrong form');
      fetched.push({ region, fetchedAt: new Date(fetchedAt).toISOString() });
      for (const { fingerprint, value, validFrom, validTo } of keys) {
        const der = Buffer.from(value, 'base64');
        const publicKey = createPublicKey({ key: der, format: 'der', type: 'pkcs1' });
        byFingerprint.set(fingerprint, { publicKey, validFrom: Date.parse(validFrom), validTo: Date.parse(validTo) });
      }
    }
  } catch {
    findings.failure(TRAIL_KEYS_FILE, 'another form', 'a list with region, fetchedAt and RSA keys');
  }
  return { byFingerprint, fetched };
}
