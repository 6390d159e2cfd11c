import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { adapted } from './adapt';

const run = promisify(execFile);

/** A configuration in a public repository. */
export interface Origin {
  /** `owner/name` on GitHub. */
  readonly repo: string;
  readonly commit: string;
  /** The folder of the configuration in the repository. */
  readonly path: string;
}

/** What a configuration may read; archives and images aren't among it. */
const READ = /\.(?:tf|tfvars|json|tpl|tftpl|ya?ml|graphql|sh|sql|asl|vtl|html|txt)$/;

/**
 * Lays out a configuration with the files around it, so that it can be planned with the provider `aws` alone.
 *
 * @param repositories the folder of git directories: `owner+name/repo`
 * @param modules the folder of the modules that configurations load from a registry, by their names
 */
export async function layOut(
  { repo, commit, path: folder }: Origin,
  repositories: string,
  modules: string,
  target: string,
): Promise<void> {
  mkdirSync(target, { recursive: true });
  const git = path.join(repositories, repo.replace('/', '+'), 'repo');
  // An example calls the module that its repository contains; of many patterns in one repository, each is independent.
  const below = /(?:^|\/)examples?\//.test(folder) ? [] : [`${folder}/`];
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const listed = await run('git', ['-C', git, 'ls-tree', '-r', '--name-only', commit, ...below], options);
  const list = path.join(target, 'files.txt');
  writeFileSync(
    list,
    listed.stdout
      .split('\n')
      .filter((name) => READ.test(name))
      .join('\n'),
  );
  await run('bash', ['-c', `xargs -a '${list}' git -C '${git}' archive '${commit}' -- | tar x -C '${target}'`]);
  for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.tf'))) {
    const file = path.join(target, name);
    writeFileSync(file, adapted(readFileSync(file, 'utf8'), modules));
  }
  declareVariables(path.join(target, folder));
  writeFileSync(path.join(target, folder, 'archive.zip'), '');
}

/** Some examples are part of a configuration whose variables are elsewhere. */
function declareVariables(folder: string): void {
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.tf'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
  const declared = new Set([...text.matchAll(/^variable\s+"?([\w-]+)"?/gm)].map(([, name]) => name));
  const missing = new Set(
    [...text.matchAll(/\bvar\.([\w-]+)/g)].map(([, name]) => name).filter((name) => !declared.has(name)),
  );
  if (missing.size > 0)
    writeFileSync(
      path.join(folder, 'undeclared.tf'),
      [...missing].map((name) => `variable "${name}" {\n  default = "example"\n}\n`).join('\n'),
    );
}
