import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../report/package-root';
import { UsageError } from '../shared/usage-error';

/** The CI systems for which `init --ci` writes files. */
export const CI_SYSTEMS = ['github', 'gitlab'] as const;

export type CiSystem = (typeof CI_SYSTEMS)[number];

/** What the check of a repository gets. */
export interface CiOptions {
  /** The root of the repository. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly regions: readonly string[];
  /** What `npx --package` takes; the default is that of the check's own file. */
  readonly package?: string;
}

/** The files to write, and what to add by hand to a file that exists. */
export interface CiFiles {
  readonly files: ReadonlyMap<string, string>;
  readonly toAdd?: { readonly file: string; readonly text: string };
}

/**
 * The files that check a repository in CI. The action and the component are copied, so a pipeline gets nothing from another
 * repository.
 */
export function ciFiles(system: CiSystem, options: CiOptions): CiFiles {
  const isThere = (file: string) => existsSync(path.join(options.folder, file));
  const isCdk = isThere('cdk.json');
  if (options.paths.length === 0 && !isCdk) {
    throw new UsageError(
      "--paths: is missing, and there is no cdk.json; name the templates to check, such as --paths 'templates/**/*.yaml'",
    );
  }
  const commands = isCdk ? synthesis(isThere('package.json')) : [];
  const inputs = {
    paths: (options.paths.length > 0 ? options.paths : ['cdk.out']).join('\n'),
    ...(options.regions.length > 0 && { region: options.regions.join(',') }),
    ...(isThere('residency.yaml') && { config: 'residency.yaml' }),
    ...(isThere('residency-exceptions.yaml') && { exceptions: 'residency-exceptions.yaml' }),
    ...(isThere('residency-baseline.json') && { baseline: 'residency-baseline.json' }),
    ...(options.package !== undefined && { package: options.package }),
  };
  return system === 'github' ? githubFiles(commands, inputs) : gitlabFiles(commands, inputs, isThere('.gitlab-ci.yml'));
}

/** An app in another language than TypeScript or JavaScript also has to install its dependencies. */
const synthesis = (isNode: boolean) =>
  isNode ? ['npm ci', 'npx cdk synth --quiet'] : ['npx --yes aws-cdk@2 synth --quiet'];

function githubFiles(commands: readonly string[], inputs: object): CiFiles {
  const workflow = {
    name: 'eu-residency',
    on: { push: { branches: ['main'] }, pull_request: null },
    permissions: { contents: 'read', 'pull-requests': 'write', 'security-events': 'write' },
    jobs: {
      'eu-residency': {
        'runs-on': 'ubuntu-latest',
        'timeout-minutes': 15,
        steps: [
          { uses: 'actions/checkout@v5', with: { 'persist-credentials': false } },
          { uses: 'actions/setup-node@v6', with: { 'node-version': 24 } },
          ...commands.map((run) => ({ run })),
          { uses: './.github/actions/eu-residency', with: inputs },
        ],
      },
    },
  };
  return {
    files: new Map([
      ['.github/actions/eu-residency/action.yml', packaged('action.yml')],
      ['.github/workflows/eu-residency.yml', yaml(workflow)],
    ]),
  };
}

function gitlabFiles(commands: readonly string[], inputs: object, hasPipeline: boolean): CiFiles {
  const component = '.gitlab/eu-residency.yml';
  const prepare = commands.length > 0 ? { prepare: commands.join(' && ') } : {};
  const pipeline = yaml({ include: [{ local: component, inputs: { ...prepare, ...inputs } }] });
  const copy: [string, string] = [component, packaged('templates/check.yml')];
  return hasPipeline
    ? { files: new Map([copy]), toAdd: { file: '.gitlab-ci.yml', text: pipeline } }
    : { files: new Map([copy, ['.gitlab-ci.yml', pipeline]]) };
}

/** The library is loaded only when it is used, because every command has to start fast. */
function yaml(value: object): string {
  const { stringify } = require('yaml') as typeof import('yaml');
  return stringify(value, { lineWidth: 0, nullStr: '' });
}

function packaged(file: string): string {
  const root = packageRoot();
  if (root === undefined)
    throw new UsageError('init needs the whole package, but this file was copied out of it; run it from the package');
  return readFileSync(path.join(root, file), 'utf8');
}
