import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findRegion } from '../../../facts/region';
import { UsageError } from '../../shared/usage-error';
import { type UsableKey, type UsableKeys, usableKey } from './trail-keys';

/** What `aws cloudtrail list-public-keys` prints. */
interface PrintedKeys {
  readonly PublicKeyList: readonly {
    readonly Value: string;
    /** ISO 8601, or seconds since 1970. */
    readonly ValidityStartTime: string | number;
    readonly ValidityEndTime: string | number;
    readonly Fingerprint: string;
  }[];
}

/**
 * Reads the files of `--trail-keys`, each with what `aws cloudtrail list-public-keys` printed for the Region that it is named after.
 *
 * @throws UsageError if one is named after no Region, or has something else
 */
export function readGivenKeys(files: readonly string[]): UsableKeys {
  const byRegion = new Map<string, ReadonlyMap<string, UsableKey>>();
  for (const file of files) {
    const region = path.basename(file, '.json');
    if (findRegion(region) === undefined) {
      throw new UsageError('--trail-keys: a file is not named after a Region; name it like eu-central-1.json');
    }
    byRegion.set(region, keysOf(file));
  }
  return { from: 'auditor', byRegion, fetched: [...byRegion.keys()].map((region) => ({ region })) };
}

function keysOf(file: string): ReadonlyMap<string, UsableKey> {
  try {
    const { PublicKeyList } = JSON.parse(readFileSync(file, 'utf8')) as PrintedKeys;
    return new Map(
      PublicKeyList.map(({ Value, ValidityStartTime, ValidityEndTime, Fingerprint }) => [
        Fingerprint,
        usableKey(Value, timeOf(ValidityStartTime), timeOf(ValidityEndTime)),
      ]),
    );
  } catch {
    throw new UsageError(
      `--trail-keys: ${path.basename(file)} has no public keys; write what this prints: aws cloudtrail list-public-keys --output json`,
    );
  }
}

const timeOf = (time: string | number): number => (typeof time === 'number' ? time * 1_000 : Date.parse(time));
