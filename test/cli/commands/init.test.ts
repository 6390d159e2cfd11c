import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { init } from '@/lib/cli/commands/init';
import { readConfig } from '@/lib/config/load';

const fresh = () => mkdtempSync(path.join(tmpdir(), 'init-'));
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

/** What `init` prints; it ends well. */
function written(...args: string[]): string {
  const lines: string[] = [];
  const spy = jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  try {
    expect(init(args, true)).toBe(0);
  } finally {
    spy.mockRestore();
  }
  return lines.join('\n');
}

describe('the app', () => {
  const app = path.join(fresh(), 'chat');
  const read = (file: string) => readFileSync(path.join(app, file), 'utf8');
  const printed = written(app);

  test('is all that is needed, each file of which is listed with what to do next', () => {
    const files = [
      '.github/workflows/residency.yml',
      '.gitignore',
      'README.md',
      'bin/app.ts',
      'cdk.json',
      'package.json',
    ];
    expect(filesIn(app).sort()).toEqual([...files, 'residency.yaml', 'test/residency.test.ts', 'tsconfig.json']);
    for (const file of filesIn(app)) expect(printed).toContain(path.join(app, file));
    expect(printed).toContain(`cd ${app} && npm install && npm test && npx cdk synth --quiet`);
  });

  test('has the name of its folder, and a configuration without mistakes whose comments lead to where the package is', () => {
    const text = read('residency.yaml');
    expect(readConfig(text, 'residency.yaml').deployment?.name).toBe('chat');
    expect(JSON.parse(read('package.json')).name).toBe('chat-residency');
    const places = [...text.matchAll(/\S*(?:schema\.json|docs\/\S+?\.md)/g)].map(([place]) => place);
    expect(places).toHaveLength(2);
    for (const place of places)
      expect(place).toContain('./node_modules/cdk-eu-residency/'.slice(place[0] === '.' ? 0 : 2));
  });

  test('is checked in CI against what its configuration says, from the lock file and with no more rights than it needs', () => {
    const { jobs, permissions } = parse(read('.github/workflows/residency.yml'));
    expect(permissions).toEqual({ contents: 'read' });
    const steps = jobs.residency.steps.map(({ run }: { run?: string }) => run).filter(Boolean);
    expect(steps).toEqual([
      'npm ci',
      'npm run types',
      'npm test',
      'npx cdk synth --quiet',
      'npx eu-residency check --config residency.yaml --format github cdk.out',
    ]);
    expect(read('README.md')).toContain('commit package-lock.json');
    expect(read('.gitignore')).not.toContain('package-lock.json');
  });
});

test.each([
  ['a name that is given', 'chat', ['--name', 'campus'], 'campus'],
  ['a folder whose name can be none', 'My Chat', [], 'exemple'],
])('%s', (_, name, args, prefix) => {
  const app = path.join(fresh(), name);
  const printed = written(app, ...args);
  expect(parse(readFileSync(path.join(app, 'residency.yaml'), 'utf8')).name).toBe(prefix);
  expect(printed.includes(`cd '${app}' &&`)).toBe(name.includes(' '));
});

const SHELF = fresh();
test.each([
  ['a version', '~0.1.2', '~0.1.2'],
  ['an address', 'https://npm.example.eu/cdk-eu-residency.tgz', 'https://npm.example.eu/cdk-eu-residency.tgz'],
  ['a tarball, which is found from where the app is', path.join(having(SHELF, 'a.tgz'), 'a.tgz'), 'file:../a.tgz'],
])('the package may come as %s', (what, spec, expected) => {
  const app = path.join(SHELF, what);
  written(app, '--package', spec);
  const { dependencies } = JSON.parse(readFileSync(path.join(app, 'package.json'), 'utf8'));
  expect(dependencies['cdk-eu-residency']).toBe(expected);
});

// biome-ignore format: one row a line
test.each<[string, (folder: string) => string[], string]>([
  ['a name in capitals', (folder) => [folder, '--name', 'Chat'], "--name: found 'Chat'; allowed: at most 20 of a-z, 0-9 and single '-'"],
  ['a name that the configuration would refuse', (folder) => [folder, '--name', 'a--b'], "found 'a--b'; allowed: at most 20 of"],
  ['a name that is too long', (folder) => [folder, '--name', 'a'.repeat(21)], '; allowed: at most 20 of'],
  ['an empty name', (folder) => [folder, '--name', ''], "found ''; allowed: at most 20 of"],
  ['a package that is nothing', (folder) => [folder, '--package', ''], '--package: is empty'],
  ['a tarball that is not there', (folder) => [folder, '--package', './a-0.1.0.tgz'], `--package: there is no '${path.resolve('a-0.1.0.tgz')}'`],
  ['a tarball that is not there, by its name alone', (folder) => [folder, '--package', 'a-0.1.0.tgz'], 'name an existing tarball'],
  ['a folder below a file', (folder) => [path.join(having(folder, 'notes'), 'notes', 'chat')], "notes' isn't a folder, and init overwrites nothing"],
  ['a folder with a file in place of one of its folders', (folder) => [having(folder, 'bin')], "bin' isn't a folder, and init overwrites nothing"],
  ['a folder with a file in place of an outer one', (folder) => [having(folder, '.github')], ".github' isn't a folder, and init overwrites nothing"],
  ['CI of another system', (folder) => [folder, '--ci', 'jenkins'], "--ci: found 'jenkins'; allowed: github, gitlab"],
  ['CI of a repository without a CDK app and paths', (folder) => [folder, '--ci', 'github'], '--paths: is missing, and there is no cdk.json'],
  ['CI in a Region that is unknown', (folder) => [folder, '--ci', 'github', '--paths', 'a', '--region', 'eu-9'], "--region: found 'eu-9'"],
  ['CI with the name of an app', (folder) => [folder, '--ci', 'github', '--name', 'chat'], '--name is the name of an app, and --ci writes none'],
  ['CI with a tarball that a pipeline does not have', (folder) => [folder, '--ci', 'github', '--paths', 'a', '--package', path.join(having(fresh(), 'a.tgz'), 'a.tgz')], 'the tarball is outside the repository'],
  ['CI where a file of it exists', (folder) => [having(folder, '.gitlab'), '--ci', 'gitlab', '--paths', 'a'], ".gitlab' isn't a folder, and init overwrites nothing"],
  ['paths of an app', (folder) => [folder, '--paths', 'a'], '--paths and --region apply to --ci only'],
  ['CI without a package, as long as no registry has it', (folder) => [folder, '--ci', 'github', '--paths', 'a'], "the repository doesn't install it"],
  ['no package, as long as no registry has it', (folder) => [folder], '--package: no public registry has this version'],
  ['two folders', (folder) => [folder, 'other'], 'init takes one folder, found 2'],
  ['a folder with two of its files', (folder) => [having(folder, 'cdk.json', 'package.json')], "cdk.json' exist, and init overwrites nothing"],
  ['a file in place of a folder', (folder) => [path.join(having(folder, 'notes'), 'notes')], "notes' isn't a folder, and init overwrites nothing; name another folder"],
])('%s is refused, and nothing is written', (_, args, message) => {
  const folder = fresh();
  const given = args(folder);
  const before = filesIn(folder);
  expect(() => init(given, false)).toThrow(message);
  expect(filesIn(folder)).toEqual(before);
});

test('a link that leads nowhere counts as a file: nothing is written where it leads', () => {
  const [folder, elsewhere] = [fresh(), path.join(fresh(), 'app.ts')];
  mkdirSync(path.join(folder, 'bin'));
  symlinkSync(elsewhere, path.join(folder, 'bin/app.ts'));
  expect(() => init([folder])).toThrow("app.ts' exists, and init overwrites nothing");
  expect(existsSync(elsewhere)).toBe(false);
  symlinkSync(elsewhere, path.join(folder, 'chat'));
  expect(() => init([path.join(folder, 'chat')])).toThrow("chat' isn't a folder, and init overwrites nothing");
});

test('what to do next can be pasted, whatever the folder is called', () => {
  const app = path.join(fresh(), "it's a chat");
  const [, enter = ''] = /then: (cd .*) && npm install/.exec(written(app)) ?? [];
  expect(execFileSync('sh', ['-c', `${enter} && pwd`], { encoding: 'utf8' })).toBe(`${realpathSync(app)}\n`);
});

test('what else is in the folder stays', () => {
  const folder = having(fresh(), 'LICENSE');
  mkdirSync(path.join(folder, 'docs'));
  written(folder);
  expect(readFileSync(path.join(folder, 'LICENSE'), 'utf8')).toBe('kept');
});

describe('the files for CI', () => {
  const read = (folder: string, file: string) => parse(readFileSync(path.join(folder, file), 'utf8'));
  const steps = (folder: string) => read(folder, '.github/workflows/eu-residency.yml').jobs['eu-residency'].steps;
  const pipeline = (folder: string) => read(folder, '.gitlab-ci.yml').include[0];

  test('of GitHub are the action and a workflow, which synthesizes a CDK app and has the permissions of the reports only', () => {
    const folder = having(fresh(), 'cdk.json', 'package.json', 'residency-baseline.json');
    expect(written(folder, '--ci', 'github')).toContain('commit these files');
    expect(steps(folder).slice(2)).toEqual([
      { run: 'npm ci' },
      { run: 'npx cdk synth --quiet' },
      { uses: './.github/actions/eu-residency', with: { paths: 'cdk.out', baseline: 'residency-baseline.json' } },
    ]);
    const { permissions, on } = read(folder, '.github/workflows/eu-residency.yml');
    expect(permissions).toEqual({ contents: 'read', 'pull-requests': 'write', 'security-events': 'write' });
    expect(Object.keys(on)).toEqual(['push', 'pull_request']);
    expect(filesIn(folder)).toContain('.github/actions/eu-residency/action.yml');
  });

  test('of GitLab are the component and a pipeline, with what the repository declares', () => {
    const folder = having(fresh(), 'residency.yaml', 'residency-exceptions.yaml');
    written(folder, '--ci', 'gitlab', '--paths', 'a/*.yaml', '--paths', 'b.json', '--region', 'eu-west-1,eu-west-3');
    expect(pipeline(folder)).toEqual({
      local: '.gitlab/eu-residency.yml',
      inputs: {
        paths: 'a/*.yaml\nb.json',
        region: 'eu-west-1,eu-west-3',
        config: 'residency.yaml',
        exceptions: 'residency-exceptions.yaml',
      },
    });
    expect(filesIn(folder)).toContain('.gitlab/eu-residency.yml');
  });

  test('install the CDK CLI for an app in another language', () => {
    const folder = having(fresh(), 'cdk.json');
    written(folder, '--ci', 'gitlab');
    expect(pipeline(folder).inputs.prepare).toBe('npx --yes aws-cdk@2 synth --quiet');
  });

  test.each([
    ['a version', () => '~0.1.2', 'cdk-eu-residency@~0.1.2'],
    ['an address', () => 'https://npm.example.eu/a.tgz', 'https://npm.example.eu/a.tgz'],
    ['a tarball in the repository', (folder: string) => path.join(having(folder, 'a.tgz'), 'a.tgz'), './a.tgz'],
  ])('get the package from %s', (_, spec, expected) => {
    const folder = having(fresh(), 'cdk.json');
    written(folder, '--ci', 'github', '--package', spec(folder));
    expect(steps(folder).at(-1).with.package).toBe(expected);
  });

  test('leave an existing pipeline as it is, and print what to add', () => {
    const folder = having(fresh(), 'cdk.json', '.gitlab-ci.yml');
    const printed = written(folder, '--ci', 'gitlab');
    expect(printed).toContain("'.gitlab-ci.yml' exists. Add these lines to it");
    const [, lines = ''] = printed.split('then commit:\n\n');
    expect(parse(lines).include[0].local).toBe('.gitlab/eu-residency.yml');
    expect(readFileSync(path.join(folder, '.gitlab-ci.yml'), 'utf8')).toBe('kept');
  });
});

function having(folder: string, ...files: string[]): string {
  for (const file of files) writeFileSync(path.join(folder, file), 'kept');
  return folder;
}
