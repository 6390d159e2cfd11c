import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where Suricata is installed, in a folder that git ignores. */
const FOLDER = path.join(__dirname, '../../.local/suricata');
const ROOT = path.join(FOLDER, 'root');
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Debian's releases that have Suricata 7.0, with the archive that has it. */
const ARCHIVES: Readonly<Record<string, string>> = { bookworm: 'bookworm-backports', trixie: 'trixie' };

/** The installed program. */
export const SURICATA = path.join(ROOT, 'usr/bin/suricata');

/** The path of another program that was installed with it; empty if there is none. */
export const installed = (program: string): string =>
  ['usr/sbin', 'sbin', 'usr/bin'].map((folder) => path.join(ROOT, folder, program)).find((file) => existsSync(file)) ??
  '';

/** Installs Suricata 7.0 from Debian's packages, below the folder only. Returns why it can't; none if it is there. */
export function install(): string | undefined {
  if (versionOf() === undefined || installed('ethtool') === '') {
    const problem = download();
    if (problem !== undefined) return problem;
  }
  const version = versionOf();
  return version?.startsWith('7.0.') ? undefined : `Suricata 7.0 is needed, got ${version ?? 'none that starts'}`;
}

/** The version of the installed program; none if it doesn't start. */
export const versionOf = (): string | undefined =>
  /version (\S+)/.exec(spawnSync(SURICATA, ['-V'], { env: environment(), encoding: 'utf8' }).stdout ?? '')?.[1];

function download(): string | undefined {
  const codename = /VERSION_CODENAME=(\w+)/.exec(
    existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '',
  )?.[1];
  const archive = ARCHIVES[codename ?? ''];
  if (archive === undefined)
    return `Debian ${Object.keys(ARCHIVES).join(' or ')} is needed, got ${codename ?? 'another system'}`;
  if (!existsSync(KEYRING)) return `Debian's keys are needed in ${KEYRING}`;
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(path.join(FOLDER, folder), { recursive: true });
  const suites = [...new Set([codename, archive])];
  writeFileSync(
    path.join(FOLDER, 'sources.list'),
    suites.map((suite) => `deb [signed-by=${KEYRING}] http://deb.debian.org/debian ${suite} main\n`).join(''),
  );
  const options = {
    'Dir::State::lists': path.join(FOLDER, 'lists'),
    'Dir::Cache': path.join(FOLDER, 'cache'),
    'Dir::Etc::sourcelist': path.join(FOLDER, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': '1',
  };
  const apt = (...args: string[]) =>
    execFileSync(
      'apt-get',
      [...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]), ...args],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
  try {
    apt('update');
    apt(
      'install',
      '--yes',
      '--no-install-recommends',
      '--download-only',
      '--target-release',
      archive,
      'suricata',
      'ethtool',
    );
    const packages = readdirSync(path.join(FOLDER, 'cache/archives')).filter((file) => file.endsWith('.deb'));
    for (const file of packages) execFileSync('dpkg-deb', ['-x', path.join(FOLDER, 'cache/archives', file), ROOT]);
    return undefined;
  } catch (error) {
    return `Debian's packages can't be downloaded: ${(error as Error).message.split('\n')[0]}`;
  }
}

/** The environment that it needs. */
export function environment() {
  return {
    ...process.env,
    LD_LIBRARY_PATH: ['usr/lib', 'lib'].flatMap((folder) => librariesIn(path.join(ROOT, folder))).join(':'),
  };
}

/** The folders of libraries below one, one for each architecture. */
function librariesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('-linux-gnu'))
    .map((name) => path.join(folder, name));
}
