import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../report/package-root';
import type { CommandHelp } from '../help/command-help';
import { CI_SYSTEMS } from '../init/ci-files';
import { initCi } from '../init/init-ci';
import { writeNewFiles } from '../init/new-files';
import { oneOf } from '../shared/one-of';
import { print } from '../shared/print';
import { IS_PUBLISHED } from '../shared/published';
import { regionsOf } from '../shared/regions-of';
import { UsageError } from '../shared/usage-error';

export const INIT_HELP: CommandHelp = {
  summary: "Create an app that uses this package, or a repository's CI files",
  usage: [['init [FOLDER] [OPTIONS]'], ['init [FOLDER] --ci github|gitlab [OPTIONS]']],
  options: [
    ['FOLDER', 'where to write the app, or the root of the repository; default: the working folder'],
    [
      '--name NAME',
      'prefix of its stack names; default: the name of the folder if it is a valid prefix, otherwise exemple',
    ],
    [
      '--package SPEC',
      `where its npm gets this package: a version, a tarball or an address; ${IS_PUBLISHED ? 'default: this version or newer' : 'needed, because no public registry has this version'}`,
    ],
    ['--ci github|gitlab', 'write the files that check an existing repository in CI, and no app'],
    ['--paths PATH', 'with --ci: what to check; repeat it for several. Default: cdk.out, if there is a cdk.json'],
    ['--region REGION', 'with --ci: deploy Region of templates that name none; repeat it for several'],
  ],
  notes: ['The command prints the files it wrote and the next step. It never overwrites a file.'],
  examples: [
    IS_PUBLISHED ? 'init chat' : 'init chat --package cdk-eu-residency.tgz',
    "init --ci gitlab --region eu-west-1 --paths 'stacks/*.yaml'",
  ],
  exitCodes: [
    [0, 'the files have been written'],
    [2, 'nothing has been written'],
  ],
};

const OPTIONS = {
  name: { type: 'string' },
  package: { type: 'string' },
  ci: { type: 'string' },
  paths: { type: 'string', multiple: true },
  region: { type: 'string', multiple: true },
} as const;

/** The valid values of `name` in residency.yaml; the check of the loader would be slow to start. */
const NAME = /^(?=.{1,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Runs `init`; the exit code.
 *
 * @param isPublished whether the app's npm finds this version in a registry
 */
export function init(args: readonly string[], isPublished = IS_PUBLISHED): number {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [folder = '.', ...others] = positionals;
  if (others.length > 0) throw new UsageError(`init takes one folder, found ${positionals.length}`);
  const { ci, paths, region, name, package: spec } = values;
  if (ci !== undefined) {
    if (name !== undefined)
      throw new UsageError('--name is the name of an app, and --ci writes none; omit one of them');
    const options = { folder, paths: paths ?? [], regions: regionsOf(region ?? []) };
    return initCi(oneOf('--ci', ci, CI_SYSTEMS), options, from(spec, folder), isPublished);
  }
  if (paths !== undefined || region !== undefined) {
    throw new UsageError('--paths and --region apply to --ci only; add that, or omit them');
  }
  if (name !== undefined && !NAME.test(name)) {
    throw new UsageError(
      `--name: found '${name}'; allowed: at most 20 of a-z, 0-9 and single '-', beginning with a letter`,
    );
  }
  const own = path.basename(path.resolve(folder));
  const files = filesOf(name ?? (NAME.test(own) ? own : 'exemple'), from(spec, folder));
  writeNewFiles(folder, files, () => {
    if (spec !== undefined || isPublished) return;
    throw new UsageError(
      "--package: no public registry has this version, so the app couldn't install it; write a tarball with 'npm pack' in a clone, and name it",
    );
  });
  const enter = folder === '.' ? '' : `cd ${/^[\w./-]+$/.test(folder) ? folder : quoted(folder)} && `;
  print(
    `\nNow edit ${path.join(folder, 'residency.yaml')}, then: ${enter}npm install && npm test && npx cdk synth --quiet`,
  );
  return 0;
}

/** Quoted for a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The files of the app by name: those of the template, and those derived from this package's own. */
function filesOf(name: string, from?: string): Map<string, string> {
  const root = packageRoot();
  if (root === undefined) {
    throw new UsageError('init needs the whole package, but this file was copied out of it; run it from the package');
  }
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const template = path.join(root, 'templates/app');
  const copied = readdirSync(template, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(template, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    // npm excludes a file named .gitignore from a package.
    .map((file): [string, string] => [file === 'gitignore' ? '.gitignore' : file, read(`templates/app/${file}`)]);
  const sample = read('residency.yaml')
    .replace(/^name: .*/m, `name: ${name}`)
    .replace('$schema=./', '$schema=./node_modules/cdk-eu-residency/')
    .replace(' docs/CONFIG.md', ' node_modules/cdk-eu-residency/docs/CONFIG.md');
  const { context } = JSON.parse(read('cdk.json'));
  return new Map([
    ...copied,
    ['package.json', json(packageOf(name, from, JSON.parse(read('package.json'))))],
    ['cdk.json', json({ app: 'npx tsx bin/app.ts', context })],
    ['residency.yaml', sample],
  ]);
}

/** A file is relative to the working folder, but the app's npm resolves it from the app. */
function from(spec: string | undefined, folder: string): string | undefined {
  if (spec === '') throw new UsageError('--package: is empty; name a version, a tarball or an address');
  if (spec === undefined) return undefined;
  if (existsSync(spec)) return `file:${path.relative(folder, spec).replaceAll('\\', '/')}`;
  if (/^[./]/.test(spec) || /^[^:]*\.t(?:ar\.)?gz$/.test(spec)) {
    throw new UsageError(`--package: there is no '${path.resolve(spec)}'; name an existing tarball`);
  }
  return spec;
}

/** The app's dependencies, in the versions that this package is tested with. */
function packageOf(
  name: string,
  from: string | undefined,
  { version, devDependencies }: { version: string; devDependencies: Record<string, string> },
) {
  const pinned = (...names: string[]) => Object.fromEntries(names.map((each) => [each, devDependencies[each]]));
  return {
    name: `${name}-residency`,
    version: '0.0.0',
    private: true,
    engines: { node: '>=20.19' },
    scripts: { types: 'tsc', test: 'node --import tsx --test test/residency.test.ts', synth: 'cdk synth --quiet' },
    dependencies: { ...pinned('aws-cdk-lib', 'constructs'), 'cdk-eu-residency': from ?? `^${version}` },
    devDependencies: pinned('@types/node', 'aws-cdk', 'tsx', 'typescript'),
  };
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
