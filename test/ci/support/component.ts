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

type Inputs = Readonly<Record<string, string>>;

/** Both documents of a component: what it takes, and its jobs. */
interface Component {
  readonly header: { readonly spec: { readonly inputs: Readonly<Record<string, { readonly default: string }>> } };
  readonly jobs: Readonly<Record<string, unknown>>;
}

function componentIn(file: string): Component {
  const [header, jobs] = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS());
  return { header, jobs };
}

/** The component of the package. */
export const COMPONENT = componentIn(path.join(ROOT, 'templates/check.yml'));

/** The job by its name, with the inputs in place, as GitLab creates a pipeline. */
export function jobsWith(inputs: Inputs, { header, jobs } = COMPONENT): Readonly<Record<string, Job>> {
  const unknown = Object.keys(inputs).filter((name) => !(name in header.spec.inputs));
  if (unknown.length > 0) throw new Error(`the component has no input ${unknown.join(', ')}`);
  const given = (name: string) => inputs[name] ?? header.spec.inputs[name]?.default;
  const inPlace = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replace(/\$\[\[ inputs\.([a-z-]+) \]\]/g, (_, name) => given(name) ?? `no input ${name}`);
    }
    if (Array.isArray(value)) return value.map(inPlace);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [inPlace(key), inPlace(each)]));
  };
  return inPlace(jobs) as Readonly<Record<string, Job>>;
}

/** Runs the job as GitLab's runner would, which joins the lines of a script. */
export function runJob(
  { folder }: Pick<Repository, 'folder'>,
  inputs: Inputs,
  options: {
    readonly shell?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly file?: string;
  } = {},
): Ran {
  const { shell = ['bash', '-eo', 'pipefail'], env, file } = options;
  const [job] = Object.values(jobsWith(inputs, file === undefined ? COMPONENT : componentIn(file)));
  if (job === undefined) throw new Error('the component has no job');
  const runner = { CI_COMMIT_REF_NAME: HOSTILE, CI_MERGE_REQUEST_TITLE: HOSTILE, CI_PROJECT_DIR: folder };
  return runScript(job.script.join('\n'), { cwd: folder, env: { ...runner, ...job.variables, ...env }, shell });
}
