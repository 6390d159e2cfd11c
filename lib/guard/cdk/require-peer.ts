/** Where a package that the app brings along says which version it is. */
interface Manifest {
  readonly version: string;
}

/**
 * Stops with what to install when a package that the app brings along is missing or too old. npm would refuse it, but other
 * package managers only warn, and then some name of CDK is undefined somewhere.
 *
 * @param lowest as `peerDependencies` says it
 * @param read the package's own manifest, required by its literal name so that a bundler finds it
 * @throws if it isn't there, or is older
 */
export function requirePeer(name: string, lowest: string, read: () => Manifest): void {
  const found = versionOf(read);
  if (found !== undefined && !isOlder(found, lowest)) return;
  throw new Error(
    `cdk-eu-residency needs ${name} ${lowest} or newer, ${found === undefined ? 'and there is none' : `found ${found}`}; ` +
      `npm install ${name}@^${lowest}`,
  );
}

function versionOf(read: () => Manifest): string | undefined {
  try {
    return read().version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** By major, minor and patch; what comes before a release counts as the release. */
function isOlder(version: string, than: string): boolean {
  const [own, other] = [partsOf(version), partsOf(than)];
  const at = own.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (own[at] ?? 0) < (other[at] ?? 0);
}

const partsOf = (version: string) => (/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0.0.0').split('.').map(Number);
