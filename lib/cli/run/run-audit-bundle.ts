import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFolder } from '../../local/make-folder';
import { isFileName } from '../audit/bundle/bundle';
import type { Manifest } from '../audit/bundle/manifest';
import { type BundleSource, readBundleCommand } from '../audit/fetch/bundle-options';
import { type FetchedBundle, fetchBundle } from '../audit/fetch/fetch-bundle';
import { signIn } from '../aws/sign-in';
import { printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';
import { evidenceBucket } from './evidence-bucket';

/** Runs `audit bundle`; the exit code. */
export async function runAuditBundle(args: readonly string[]): Promise<number> {
  const { out, ...source } = readBundleCommand(args);
  if (existsSync(out)) throw new UsageError('--out: the folder exists; name a new one');
  const { files, missing, replaced, withoutKeys } = await fetchInto(out, source);
  printError(`${files} files copied; verify them with: eu-residency audit verify ${out} --key FILE`);
  if (missing.length > 0) printError(`${missing.length} files are named by others and are not in the bucket`);
  if (replaced.length > 0) {
    printError(
      `${replaced.length} files have a later version or a delete marker in the bucket, beginning with ${replaced[0]}; their first ` +
        'versions, which the lock keeps, were copied. Follow LedgerInconsistent in docs/OPERATIONS.md',
    );
  }
  if (withoutKeys.length > 0) {
    printError(
      `CloudTrail's public keys of ${withoutKeys.join(', ')} are not fetched, because a request would leave the boundary; the trail ` +
        'of these Regions is not verified. Add --ask-outside to fetch them: a request names a period, and no content',
    );
  }
  return missing.length > 0 ? 1 : 0;
}

/** Copies a bundle to a folder of its own, which is removed after `use`. */
export async function withLiveBundle<T>(source: BundleSource, use: (folder: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(path.join(tmpdir(), 'eu-residency-audit-'));
  try {
    const folder = path.join(root, 'bundle');
    await fetchInto(folder, source);
    return await use(folder);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function fetchInto(folder: string, source: BundleSource): Promise<FetchedBundle> {
  const { boundary, region, bucket, from, to, boundaryText } = source;
  const caller = await signIn({ boundary, environment: process.env, timeoutMs: 30_000 }, region);
  const fetchedAt = new Date().toISOString();
  const manifest: Manifest = { format: 1, fetchedAt, from, to, bucket, boundary: boundaryText };
  return fetchBundle(manifest, evidenceBucket(caller, source), (file, bytes) => {
    // A digest names files, and a name could leave the folder.
    if (!isFileName(file)) throw new UsageError('the bucket has a file with a name that no file of a bundle has');
    const target = path.join(folder, file);
    makeFolder(path.dirname(target));
    writeFileSync(target, bytes, { flag: 'wx' });
  });
}
