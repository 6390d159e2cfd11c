import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { adapted } from './adapt';

const run = promisify(execFile);

/** One labelled configuration of a public repository. */
export interface Case {
  /** `owner/name` on GitHub. */
  readonly repo: string;
  readonly commit: string;
  /** The folder of the configuration in the repository. */
  readonly path: string;
  /** The Region that the environment of the plan sets. */
  readonly region: string;
  /** Texts of the configuration that are replaced: one case is made of another's files in a different Region. */
  readonly edits: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}

export interface Planning {
  /** The folder of git directories: `owner+name/repo`. */
  readonly repositories: string;
  /** The folder in which configurations are laid out. */
  readonly work: string;
  /** The folder of the modules that configurations load from a registry, by their names. */
  readonly modules: string;
  /** A mirror of providers, as `terraform providers mirror` writes it. */
  readonly providers: string;
  /** The address that answers in place of AWS. */
  readonly endpoint: string;
}

/** The plan of a case as JSON, or why there is none. Modules outside the repository aren't loaded. */
export async function planCase(one: Case, { repositories, work, modules, providers, endpoint }: Planning): Promise<{ plan?: string; error?: string }> {
  mkdirSync(work, { recursive: true });
  const git = path.join(repositories, one.repo.replace('/', '+'), 'repo');
  const folder = path.join(work, 'files', one.path);
  await unpack(git, one, path.join(work, 'files'), modules);
  if (!existsSync(folder)) return { error: 'the repository has no such folder' };
  const settings = path.join(work, 'terraform.rc');
  writeFileSync(settings, `provider_installation {\n  filesystem_mirror {\n    path = "${providers}"\n  }\n}\n`);
  const { TF_REATTACH_PROVIDERS: running, ...own } = process.env;
  // A provider that already runs has one configuration at a time.
  const isOne = !hasAlias(folder);
  const env = {
    ...own,
    ...(isOne && running !== undefined && { TF_REATTACH_PROVIDERS: running }),
    TF_CLI_CONFIG_FILE: settings,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: one.region,
    AWS_ACCESS_KEY_ID: 'plan',
    AWS_SECRET_ACCESS_KEY: 'plan',
    AWS_CA_BUNDLE: '',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
  };
  const terraform = (...args: string[]) => run('terraform', args, { cwd: folder, env, maxBuffer: 512 * 1024 * 1024, timeout: 120_000 });
  const variables = Object.entries(one.variables).flatMap(([name, value]) => ['-var', `${name}=${value}`]);
  try {
    await terraform('init', '-backend=false', '-input=false', '-no-color');
    await terraform('plan', '-input=false', '-no-color', '-lock=false', '-refresh=false', '-out=plan.tfplan', ...variables);
    return { plan: (await terraform('show', '-json', 'plan.tfplan')).stdout };
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    return { error: (/Error: (.*)/.exec(stderr)?.[1] ?? message).slice(0, 200) };
  }
}

export const hasAlias = (folder: string) =>
  readdirSync(folder).some((name) => name.endsWith('.tf') && /^\s*alias\s*=/m.test(readFileSync(path.join(folder, name), 'utf8')));

/** What a configuration may read; archives and images aren't among it. */
const READ = ['tf', 'tfvars', 'json', 'tpl', 'tftpl', 'yaml', 'yml', 'graphql', 'sh', 'sql', 'asl', 'vtl', 'html', 'txt'];

/** Lays out the repository's files, with configurations that can be planned without other providers. */
export async function unpack(git: string, { commit, path: folder, edits }: Case, target: string, modules: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  // A repository of modules has few files, and its examples call the modules; one of many patterns has independent folders.
  const isWhole = /\/?examples?\//.test(`${folder}/`);
  const below = isWhole ? '' : `${folder}/`;
  const listed = await run('git', ['-C', git, 'ls-tree', '-r', '--name-only', commit, ...(isWhole ? [] : [below])], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const names = listed.stdout.split('\n').filter((name) => READ.includes(path.extname(name).slice(1)));
  const list = path.join(target, 'files.txt');
  writeFileSync(list, names.join('\n'));
  await run('bash', ['-c', `xargs -a '${list}' git -C '${git}' archive '${commit}' -- | tar x -C '${target}'`]);
  for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.tf'))) {
    const file = path.join(target, name);
    const text = readFileSync(file, 'utf8');
    const isOwn = path.dirname(name) === folder;
    const edited = isOwn ? Object.entries(edits).reduce((before, [from, to]) => before.replaceAll(from, to), text) : text;
    writeFileSync(file, adapted(edited, modules));
  }
  writeFileSync(path.join(target, folder, 'archive.zip'), '');
}
