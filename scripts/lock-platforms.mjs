// `npm run lock` adds the packages for other platforms that npm omits from package-lock.json (npm/cli issue 4828). Without them,
// `npm ci` refuses the lock file. Run it after every change of dependencies.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const file = path.join(path.dirname(fileURLToPath(import.meta.url)), '../package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The platform in a package's name: `core-linux-arm-gnueabihf` is for linux on arm with glibc. */
function platform(name) {
  const words = name.slice(name.indexOf('/') + 1).split(/[-.]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  const libc =
    os !== 'linux'
      ? undefined
      : words.some((w) => w.startsWith('musl'))
        ? 'musl'
        : words.some((w) => w.startsWith('gnu'))
          ? 'glibc'
          : undefined;
  if (os === undefined && cpu === undefined)
    throw new Error(`package-lock.json: the name '${name}' contains no known platform; add its entry by hand`);
  return { ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }), ...(os && { os: [os] }) };
}

const added = {};
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${place}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (lock.packages[nested] || lock.packages[hoisted] || added[hoisted]) continue;
    added[hoisted] = { version, ...platform(name), dev: entry.dev, optional: true };
  }
}

const names = Object.keys(added);
if (names.length > 0 && process.argv.includes('--check')) {
  console.error(
    `package-lock.json lacks ${names.length} packages for other platforms, such as ${names[0]}; run 'npm run lock'`,
  );
  process.exit(1);
}
lock.packages = Object.fromEntries(Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1)));
if (names.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${names.length} packages for other platforms added`);
