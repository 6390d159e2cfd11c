import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../../package/pack';
import { HOSTILE, type Repository } from './repository';
import { type Ran, runScript } from './shell';

interface Job {
  readonly stage: string;
  readonly image: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: {
    readonly when: string;
    readonly paths: readonly string[];
    readonly reports: Readonly<Record<string, string>>;
  };
}

type Inputs = Readonly<Record<string, { readonly default: string }>>;

/** Both documents of the component: what it takes, and its jobs. */
export const [SPEC, JOBS] = parseAllDocuments(readFileSync(path.join(ROOT, 'templates/check.yml'), 'utf8')).map(
  (document) => document.toJS(),
) as [{ readonly spec: { readonly inputs: Inputs } }, Readonly<Record<string, unknown>>];

/** The job by its name, with the inputs in place, as GitLab creates a pipeline. */
export function jobsWith(inputs: Readonly<Record<string, string>>): Readonly<Record<string, Job>> {
  const unknown = Object.keys(inputs).filter((name) => !(name in SPEC.spec.inputs));
  if (unknown.length > 0) throw new Error(`the component has no input ${unknown.join(', ')}`);
  const given = (name: string) => inputs[name] ?? SPEC.spec.inputs[name]?.default;
  const inPlace = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replace(/\$\[\[ inputs\.([a-z-]+) \]\]/g, (_, name) => given(name) ?? `no input ${name}`);
    }
    if (Array.isArray(value)) return value.map(inPlace);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [inPlace(key), inPlace(each)]));
  };
  return inPlace(JOBS) as Readonly<Record<string, Job>>;
}

/** Runs the job as GitLab's runner would, which joins the lines of a script. */
export function runJob(
  repository: Repository,
  inputs: Readonly<Record<string, string>>,
  shell: readonly string[] = ['bash', '-eo', 'pipefail'],
  env: Readonly<Record<string, string>> = {},
): Ran {
  const [job] = Object.values(jobsWith(inputs));
  if (job === undefined) throw new Error('the component has no job');
  return runScript(job.script.join('\n'), {
    cwd: repository.folder,
    env: {
      CI_COMMIT_REF_NAME: HOSTILE,
      CI_MERGE_REQUEST_TITLE: HOSTILE,
      CI_PROJECT_DIR: repository.folder,
      ...job.variables,
      ...env,
    },
    shell,
  });
}
