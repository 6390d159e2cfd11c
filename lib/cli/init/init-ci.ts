import { existsSync } from 'node:fs';
import path from 'node:path';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';
import { type CiOptions, type CiSystem, ciFiles } from './ci-files';
import { writeNewFiles } from './new-files';

/** Writes the files that check an existing repository in CI; the exit code. */
export function initCi(
  system: CiSystem,
  options: Omit<CiOptions, 'package'>,
  spec: string | undefined,
  isPublished: boolean,
): number {
  const { files, toAdd } = ciFiles(system, { ...options, package: spec === undefined ? undefined : forNpx(spec) });
  writeNewFiles(options.folder, files, () => {
    if (spec !== undefined || isPublished || isInstalled(options.folder)) return;
    throw new UsageError(
      "--package: no public registry has this version, and the repository doesn't install it, so a pipeline couldn't run it; " +
        "write a tarball with 'npm pack' in a clone, copy it into the repository, and name it",
    );
  });
  if (toAdd === undefined) print('\nNow commit these files, and open a pull request or merge request.');
  else print(`\n'${toAdd.file}' exists. Add these lines to it, then commit:\n\n${toAdd.text.trimEnd()}`);
  return 0;
}

/** A version, a tarball below the repository or an address, as `npx --package` takes it. */
function forNpx(spec: string): string {
  if (!spec.startsWith('file:')) return spec.includes(':') ? spec : `cdk-eu-residency@${spec}`;
  const file = spec.slice('file:'.length);
  if (!file.startsWith('..') && !path.isAbsolute(file)) return `./${file}`;
  throw new UsageError(
    '--package: the tarball is outside the repository, where a pipeline has no access to it; copy it into the repository, or name an address',
  );
}

/** Whether the repository's own packages include this one; then its pipeline uses that. */
function isInstalled(folder: string): boolean {
  return existsSync(path.join(folder, 'node_modules/cdk-eu-residency/package.json'));
}
