import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { BUNDLE_KIB, TARBALL_BYTES } from '../package/budget';
import { pack, ROOT } from '../package/pack';
import { run } from '../package/run';
import { newApp } from './new-app';
import { type Machine, packedCopy } from './packed-copy';

// Two builds, and an app with its dependencies, perhaps on a busy machine.
jest.setTimeout(600_000);

const HERE: Machine = { folder: 'a', umask: '022', env: { TZ: 'UTC', LC_ALL: 'C' } };
/** Another folder, user, time zone and language. */
const ELSEWHERE: Machine = {
  folder: 'elsewhere/of another length',
  umask: '002',
  env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
};

/** On the same disk as the installed packages, which the copies share. */
let work: string;
let tarball: string;
let again: string;
/** What the tarball contains. */
let files: ReadonlyMap<string, Buffer>;
beforeAll(async () => {
  mkdirSync(path.join(ROOT, '.local'), { recursive: true });
  work = mkdtempSync(path.join(ROOT, '.local/release-'));
  // `.ci/run` has just built its clone, which is as clean as a copy.
  const isBuilt = process.env.RELEASE_BUILT === '1';
  [tarball, again] = await Promise.all([isBuilt ? pack() : packedCopy(work, HERE), packedCopy(work, ELSEWHERE)]);
  files = filesOf(tarball);
});
afterAll(() => rmSync(work, { recursive: true }));

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** The files of a tarball by name, without the folder that holds them. */
function filesOf(packed: string): Map<string, Buffer> {
  const into = mkdtempSync(path.join(work, 'unpacked-'));
  run(into, 'tar', '-xzf', packed, '--strip-components=1');
  const names = readdirSync(into, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names.flatMap((name) => {
      const file = path.join(into, name);
      return statSync(file).isFile() ? [[name, readFileSync(file)]] : [];
    }),
  );
}

const textOf = (name: string) => files.get(name)?.toString() ?? '';
const bills = () => [...files.keys()].filter((name) => name.startsWith('dist/sbom/'));

interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
}
interface Component {
  readonly purl?: string;
  readonly licenses?: readonly object[];
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly { readonly content: string }[];
}
const billOf = (name: string): Bill => JSON.parse(textOf(name));

test('two builds on different machines are the same, byte by byte', () => {
  const others = filesOf(again);
  expect([...files].flatMap(([name, content]) => (others.get(name)?.equals(content) ? [] : [name]))).toEqual([]);
  expect(sha256(readFileSync(again))).toBe(sha256(readFileSync(tarball)));
  process.stdout.write(`${path.basename(tarball)}: SHA-256 ${sha256(readFileSync(tarball))}\n`);
});

test('each bundle and the package have a valid bill of materials', async () => {
  const lambdas = Object.keys(BUNDLE_KIB).map((name) => `dist/sbom/${name}.cdx.json`);
  expect(bills()).toEqual(expect.arrayContaining(['dist/sbom/package.cdx.json', ...lambdas]));
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  for (const name of bills()) expect([name, await validator.validate(textOf(name))]).toEqual([name, null]);
  expect(await validator.validate(textOf('dist/sbom/hook.cdx.json').replace('"library"', '"libary"'))).not.toBeNull();
});

test('each package of a bill of materials has its URL, its licence and the digest of its tarball', () => {
  const packages = bills().flatMap((name) => billOf(name).components.filter((each) => !files.has(each['bom-ref'])));
  expect(packages.length).toBeGreaterThan(100);
  for (const { name, version, purl, licenses, hashes } of packages) {
    expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
    expect([name, licenses?.length, hashes?.[0]?.content]).toEqual([name, 1, expect.stringMatching(/^[0-9a-f]{128}$/)]);
  }
});

test('a bill of materials has the digest of the bundle that is packed with it', () => {
  const bundles = [
    ...billOf('dist/sbom/package.cdx.json').components,
    ...bills().map((name) => billOf(name).metadata.component),
  ];
  const digests = bundles.flatMap((each) =>
    files.has(each['bom-ref']) ? [[each['bom-ref'], each.hashes?.[0]?.content]] : [],
  );
  expect(digests).toHaveLength(2 * (bills().length - 1));
  expect(digests).toEqual(digests.map(([name = '']) => [name, sha256(files.get(name) ?? Buffer.of())]));
});

test('each package of a bill of materials has its licence among the notices', () => {
  const noticed = new Set(textOf('dist/THIRD-PARTY-NOTICES.txt').match(/^\S+@\S+(?= \([^()]+\)$)/gm));
  const bundled = bills().flatMap((name) => (name.includes('/package.') ? [] : billOf(name).components));
  expect(bundled.length).toBeGreaterThan(100);
  expect(new Set(bundled.map(({ name, version }) => `${name}@${version}`))).toEqual(noticed);
});

test('nothing runs when the package is installed', () => {
  const { scripts } = JSON.parse(textOf('package.json'));
  expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?install$/.test(name))).toEqual([]);
});

test('nothing is larger than its budget', () => {
  const kib = (bytes: number) => Math.ceil(bytes / 1_024);
  const sizes = Object.keys(BUNDLE_KIB).map(
    (name) => [name, kib(files.get(`dist/bundles/${name}/index.mjs`)?.length ?? Infinity)] as const,
  );
  const packed = statSync(tarball).size;
  process.stdout.write(
    `tarball ${packed} of ${TARBALL_BYTES} bytes; KiB of ${sizes.map(([name, size]) => `${name} ${size}`).join(', ')}\n`,
  );
  expect(sizes.filter(([name, size]) => size > (BUNDLE_KIB[name] ?? 0))).toEqual([]);
  expect(packed).toBeLessThanOrEqual(TARBALL_BYTES);
});

test("README's commands make an app from the tarball, and only npm uses the network, for the registry", () => {
  const { output, hosts, isIsolated } = newApp(work, tarball, textOf('README.md'));
  expect(output).toMatch(/# pass 2\n# fail 0/);
  expect(hosts).toEqual([new URL(run(ROOT, 'npm', 'config', 'get', 'registry').trim()).host]);
  process.stdout.write(isIsolated ? '' : 'not isolated: this machine permits no network namespace\n');
});
