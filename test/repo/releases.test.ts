import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IS_PUBLISHED } from '@/lib/cli/shared/published';
import { readConfig } from '@/lib/config/load';
import { DEPRECATED, type Deprecated } from '@/lib/config/model/deprecated';
import { INSTALL_PAGES, installCommands, withInstallCommands } from '@/scripts/pages/install-commands';
import { releasesPage } from '@/scripts/pages/releases-page';
import { TESTED } from '@/scripts/release/tested-range';

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const below = (folder: string, name: RegExp) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => path.posix.join(folder, file));

test.each([releasesPage, ...installCommands])('$file is current; after a change: npm run docs', ({ file, render }) => {
  expect(read(file)).toBe(render());
});

describe('commands that get the package', () => {
  /** They fail as long as no registry has it. A tarball is named by its path. */
  const FROM_REGISTRY =
    /(?:npm (?:install|i|add|exec)|npx|yarn add|pnpm add|pip install)\b[^\n`]*[ =]cdk-eu-residency(?=[\s@`]|$)/gm;
  const MENTIONS = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    ...below('docs', /\.md$/),
    ...below('examples', /\.md$/),
  ];
  const CODE = [...below('templates', /./), ...below('lib', /\.ts$/)];

  test('name a registry only if the package is published', () => {
    const readable = [...MENTIONS, ...CODE].filter(
      (file) => /\.(?:md|ya?ml|ts|json)$/.test(file) && !file.startsWith('docs/decisions/'),
    );
    const bare = readable.flatMap((file) =>
      [...read(file).matchAll(FROM_REGISTRY)].map(([found]) => `${file}: ${found}`),
    );
    expect(IS_PUBLISHED ? [] : bare).toEqual([]);
  });

  test.each(['docs/CI.md', 'docs/HOOK.md', 'docs/TERRAFORM.md'])(
    '%s runs the command of this package only, because its readers may not have installed it',
    (file) => {
      // npm would look up the name of the command, which anyone could register.
      expect(read(file)).not.toMatch(/^npx (?:--yes )?eu-residency\b/m);
    },
  );

  test.each(INSTALL_PAGES)('are switched on %s, and back', (file) => {
    const [off, on] = [withInstallCommands(read(file), false), withInstallCommands(read(file), true)];
    expect(on).not.toContain('/path/to/');
    expect(on.match(FROM_REGISTRY)?.length).toBeGreaterThan(0);
    expect(off).not.toMatch(FROM_REGISTRY);
    expect(withInstallCommands(on, false)).toBe(off);
    expect(withInstallCommands(off, true)).toBe(on);
  });
});

test('the newest Node.js of the tested range runs the app and the command, and the lowest is on the badge', () => {
  const [node] = TESTED;
  expect(read('.ci/run')).toContain(`-p node@${node?.newest} node dist/bin/eu-residency.js check`);
  expect(read('docs/images/badge-node.svg')).toContain(`&gt;=${node?.lowest}`);
});

test('each test that docs/RELEASES.md names exists', () => {
  const named = [...read(releasesPage.file).matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

describe('deprecations', () => {
  const minorOf = (version: string) => /^(\d+)\.(\d+)\.0$/.exec(version)?.slice(1).map(Number) ?? [];
  const { version } = JSON.parse(read('package.json'));
  /** A key that is deprecated for as long as a test runs. */
  const having = (key: Deprecated, check: () => void) => {
    const list = DEPRECATED as Deprecated[];
    list.push(key);
    try {
      check();
    } finally {
      list.pop();
    }
  };

  test('warn in two minor versions, and are removed in the next one', () => {
    for (const { name, since, removedIn } of DEPRECATED) {
      const [[major, minor = 0], removed] = [minorOf(since), minorOf(removedIn)];
      expect([name, removed]).toEqual([name, [major, minor + 2]]);
      // Remove it, and its entry.
      expect([name, version.startsWith(`${removed.join('.')}.`)]).toEqual([name, false]);
    }
  });

  test('of members of the API are listed', () => {
    const members = below('docs/api', /\.md$/).flatMap(
      (file) => read(file).match(/^ *\/\/ @(?:public|beta).*deprecated/gm) ?? [],
    );
    expect(members).toHaveLength(DEPRECATED.filter(({ kind }) => kind === 'member').length);
  });

  test('of keys are warned of with their lines, and the file stays valid', () => {
    const key: Deprecated = {
      kind: 'key',
      name: 'places[].reason',
      since: '0.2.0',
      removedIn: '0.4.0',
      instead: "use 'why'",
    };
    const text = 'boundary: eu\nplaces:\n  - host: a.example.de\n    country: DE\n    reason: ours\n';
    expect(readConfig(text, 'a.yaml').warnings).toEqual([]);
    having(key, () =>
      expect(readConfig(text, 'a.yaml').warnings).toEqual([
        "a.yaml:5:5: places[0].reason: is deprecated, and version 0.4.0 refuses it; use 'why'",
      ]),
    );
  });
});
