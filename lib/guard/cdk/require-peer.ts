/** The package.json of a package that the app provides. */
interface Manifest {
  readonly version: string;
}

/**
 * Throws an error that says what to install if a package that the app provides is missing or too old. npm refuses such an
 * app, but other package managers only warn, and then some CDK name is undefined.
 *
 * @param lowest the lowest version in `peerDependencies`
 * @param read reads the package's own manifest, required by its literal name so that a bundler finds it
 * @throws if the package is missing or older
 */
export function requirePeer(name: string, lowest: string, read: () => Manifest): void {
  const installed = versionOf(read);
  if (installed !== undefined && !isOlder(installed, lowest)) return;
  throw new Error(
    `cdk-eu-residency needs ${name} ${lowest} or newer, ${installed === undefined ? "but it isn't installed" : `found ${installed}`}; ` +
      `run npm install ${name}@^${lowest}`,
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

/** Compares major, minor and patch; a pre-release counts as the release. */
function isOlder(version: string, than: string): boolean {
  const [own, other] = [partsOf(version), partsOf(than)];
  const at = own.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (own[at] ?? 0) < (other[at] ?? 0);
}

const partsOf = (version: string) => (/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0.0.0').split('.').map(Number);
