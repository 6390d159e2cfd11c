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

/** CloudTrail's keys by Region and fingerprint, and where they come from. */
export interface UsableKeys {
  readonly from: 'auditor' | 'bundle';
  readonly byRegion: ReadonlyMap<string, ReadonlyMap<string, UsableKey>>;
  /** When those of the bundle were fetched, as it states. */
  readonly fetched: readonly { readonly region: string; readonly fetchedAt?: string }[];
}

/**
 * Reads a key.
 *
 * @param value PKCS #1, as base64 of DER
 * @throws if it is no RSA key, or if its times are none
 */
export function usableKey(value: string, validFrom: number, validTo: number): UsableKey {
  if (Number.isNaN(validFrom) || Number.isNaN(validTo)) throw new Error('no period');
  const publicKey = createPublicKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'pkcs1' });
  return { publicKey, validFrom, validTo };
}

/** Reads the keys of a bundle. */
export function readTrailKeys(bundle: Bundle, findings: Findings): UsableKeys {
  const byRegion = new Map<string, ReadonlyMap<string, UsableKey>>();
  const fetched: { region: string; fetchedAt: string }[] = [];
  const usable = { from: 'bundle', byRegion, fetched } as const;
  if (!bundle.has(TRAIL_KEYS_FILE)) {
    findings.gap(TRAIL_KEYS_FILE, 'no such file', "CloudTrail's public keys of each Region");
    return usable;
  }
  try {
    const regions = JSON.parse(bundle.read(TRAIL_KEYS_FILE, MOST_BYTES).toString()) as TrailKeys[];
    for (const { region, fetchedAt, keys } of regions) {
      if (!/^[a-z0-9-]{1,40}$/.test(region) || Number.isNaN(Date.parse(fetchedAt))) throw new Error('wrong form');
      fetched.push({ region, fetchedAt: new Date(fetchedAt).toISOString() });
      const read = keys.map(({ fingerprint, value, validFrom, validTo }) => {
        return [fingerprint, usableKey(value, Date.parse(validFrom), Date.parse(validTo))] as const;
      });
      byRegion.set(region, new Map([...(byRegion.get(region) ?? []), ...read]));
    }
  } catch {
    findings.failure(TRAIL_KEYS_FILE, 'another form', 'a list with region, fetchedAt and RSA keys');
  }
  return usable;
}
