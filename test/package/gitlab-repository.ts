import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { runJob } from '../ci/support/component';
import { LEAK } from '../cli/support';
import { run } from './run';

/** An entry of a code quality report. */
interface Annotation {
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** An existing repository without Node, with a template that leaves the boundary, and with the package as a tarball. */
export class GitLabRepository {
  public readonly folder: string;
  private readonly remote: string;

  constructor(tarball: string) {
    const root = mkdtempSync(path.join(tmpdir(), 'gitlab-'));
    this.remote = path.join(root, 'remote.git');
    this.folder = path.join(root, "the team's repo");
    run(root, 'git', 'init', '--quiet', '--bare', '--initial-branch', 'main', this.remote);
    run(root, 'git', 'clone', '--quiet', this.remote, this.folder);
    run(this.folder, 'git', 'config', 'user.name', 'n');
    run(this.folder, 'git', 'config', 'user.email', 'n@example.eu');
    for (const name of ['stacks', 'vendor']) mkdirSync(path.join(this.folder, name));
    writeFileSync(path.join(this.folder, 'stacks/chat.json'), JSON.stringify(LEAK, undefined, 2));
    copyFileSync(tarball, path.join(this.folder, 'vendor/eu-residency.tgz'));
  }

  /** What a newcomer types, from nothing to a merge request. */
  public static readonly COMMANDS: readonly string[] = [
    'npx --yes --package ./vendor/eu-residency.tgz eu-residency init --ci gitlab --package ./vendor/eu-residency.tgz ' +
      "--paths 'stacks/*.json' --region eu-central-1",
    'git add --all && git commit --quiet --message residency',
    'git push --quiet origin HEAD:residency',
  ];

  /** The job of the merge request, in a clone of its own; its exit code, and what the merge request then shows. */
  public mergeRequest(): { readonly code: number | null; readonly annotations: readonly Annotation[] } {
    const folder = path.join(mkdtempSync(path.join(tmpdir(), 'runner-')), 'build');
    run(path.dirname(folder), 'git', 'clone', '--quiet', '--branch', 'residency', this.remote, folder);
    const [{ local, inputs }] = parse(readFileSync(path.join(folder, '.gitlab-ci.yml'), 'utf8')).include;
    const { code } = runJob({ folder }, inputs, { file: path.join(folder, local) });
    return { code, annotations: JSON.parse(readFileSync(path.join(folder, 'gl-code-quality-report.json'), 'utf8')) };
  }
}
