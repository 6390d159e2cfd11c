import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../shared/package-root';
import { UsageError } from '../shared/usage-error';

export const INIT_USAGE = `eu-residency init [FOLDER]      a small app of your own that depends on this package; default: the working folder
    --name NAME                   prefix of its stack names; default: the name of the folder where it can be one, else exemple
    --package SPEC                where its npm gets this package: a version, a tarball, an address; default: this version or newer
  standard output: the files written, and what to do next; a file that exists is never overwritten
  exit code 0: written; 2: nothing written`;

const OPTIONS = { name: { type: 'string' }, package: { type: 'string' } } as const;

/** What `name` of residency.yaml may be; its own check needs the loader, which is slow to start. */
const NAME = /^(?=.{1,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Runs `init`; the exit code. */
export function init(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [folder = '.', ...others] = positionals;
  if (others.length > 0) throw new UsageError(`init takes one folder, got ${positionals.length}`);
  if (values.name !== undefined && !NAME.test(values.name)) {
    throw new UsageError(
      `--name: '${values.name}' is no name; it has at most 20 of a-z, 0-9 and single '-', and begins with a letter`,
    );
  }
  const own = path.basename(path.resolve(folder));
  const files = filesOf(values.name ?? (NAME.test(own) ? own : 'exemple'), from(values.package, folder));
  refuseWhatIsThere(folder, [...files.keys()]);
  for (const [file, text] of files) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text, { flag: 'wx' });
    console.log(target);
  }
  const enter = folder === '.' ? '' : `cd ${/^[\w./-]+$/.test(folder) ? folder : quoted(folder)} && `;
  console.log(
    `\nNow edit ${path.join(folder, 'residency.yaml')}, then: ${enter}npm install && npm test && npx cdk synth --quiet`,
  );
  return 0;
}

/** @throws before anything is written, so that nothing is left half done */
function refuseWhatIsThere(folder: string, files: readonly string[]): void {
  const targets = files.map((file) => path.join(folder, file));
  const inTheWay = [...new Set(targets.flatMap(above))].find((each) => isThere(each) && !isFolder(each));
  if (inTheWay !== undefined) {
    throw new UsageError(`'${inTheWay}' is no folder, and nothing is overwritten; name another folder`);
  }
  const there = targets.filter(isThere).map((file) => `'${file}'`);
  if (there.length > 0) {
    const [verb, listed] = [there.length === 1 ? 'exists' : 'exist', there.join(', ')];
    throw new UsageError(`${listed} ${verb}, and nothing is overwritten; name another folder`);
  }
}

/** The folders that a file is in, from the outermost: `chat`, `chat/.github`, `chat/.github/workflows`. */
function above(file: string): string[] {
  const folder = path.dirname(file);
  return folder === file ? [] : [...above(folder), folder];
}

/** A link that leads nowhere is there too: what is written to it would be made where it leads. */
const isThere = (file: string) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

const isFolder = (file: string) => statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** As a shell reads it. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The files of the app by name: those of the template, and what is made of this package's own. */
function filesOf(name: string, from?: string): Map<string, string> {
  const root = packageRoot();
  if (root === undefined) throw new UsageError('init needs the whole package; run it as npx cdk-eu-residency init');
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const template = path.join(root, 'templates/app');
  const copied = readdirSync(template, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(template, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    // npm leaves a file named .gitignore out of a package.
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

/** A file is found from the working folder, while the app's npm looks for it from the app. */
function from(spec: string | undefined, folder: string): string | undefined {
  if (spec === '') throw new UsageError('--package: nothing is given; name a version, a tarball or an address');
  if (spec === undefined) return undefined;
  if (existsSync(spec)) return `file:${path.relative(folder, spec).replaceAll('\\', '/')}`;
  if (/^[./]/.test(spec) || /^[^:]*\.t(?:ar\.)?gz$/.test(spec)) {
    throw new UsageError(`--package: there is no '${path.resolve(spec)}'; name a tarball that is there`);
  }
  return spec;
}

/** What the app depends on, in the versions that this package is tested with. */
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
