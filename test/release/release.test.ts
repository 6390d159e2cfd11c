import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { BUNDLE_KIB, TARBALL_BYTES } from '../package/budget';
import { run } from '../package/run';
import { type Machine, packedCopy } from './packed-copy';

// Two builds, and an app with its dependencies, perhaps on a busy machine.
jest.setTimeout(600_000);

const HERE: Machine = { folder: 'a', umask: '022', env: { TZ: 'UTC', LC_ALL: 'C' } };
/** Another folder, user, time zone and language. The second build also ends at another time. */
const ELSEWHERE: Machine = {
  folder: 'elsewhere/of another length',
  umask: '002',
  env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
};

let tarballs: readonly string[];
let folder: string;
beforeAll(async () => {
  tarballs = [await packedCopy(HERE), await packedCopy(ELSEWHERE)];
  folder = mkdtempSync(path.join(tmpdir(), 'release-'));
  run(folder, 'tar', '-xzf', tarballs[0] ?? '', '--strip-components=1');
});
afterAll(() => {
  for (const tarball of tarballs) rmSync(path.dirname(tarball), { recursive: true });
  rmSync(folder, { recursive: true });
});

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
/** The digest of each file of a tarball, by its name. */
function digestsOf(tarball: string): Map<string, string> {
  const into = mkdtempSync(path.join(tmpdir(), 'unpacked-'));
  run(into, 'tar', '-xzf', tarball);
  const files = readdirSync(into, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(into, name)).isFile(),
  );
  const digests = new Map(files.map((name) => [name, sha256(path.join(into, name))]));
  rmSync(into, { recursive: true });
  return digests;
}

test('two builds on different machines are the same, byte by byte', () => {
  const [one = '', other = ''] = tarballs;
  const others = digestsOf(other);
  const different = [...digestsOf(one)].flatMap(([name, digest]) => (others.get(name) === digest ? [] : [name]));
  expect(different).toEqual([]);
  expect(sha256(other)).toBe(sha256(one));
  process.stdout.write(`${path.basename(one)}: SHA-256 ${sha256(one)}\n`);
});
