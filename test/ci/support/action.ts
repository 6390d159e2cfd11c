import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../package/pack';
import { HOSTILE, type Repository } from './repository';
import { type Ran, runScript } from './shell';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export const ACTION: Action = parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8'));

/** A comment on the pull request. */
export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

/** A job that runs the action as GitHub's runner would. */
export class ActionJob {
  /** Each step that ran, by its name. Of a step that uses another action: its inputs. */
  public readonly steps = new Map<string, Ran & { readonly with?: Readonly<Record<string, string>> }>();
  private readonly temp = mkdtempSync(path.join(tmpdir(), 'runner-'));
  private readonly outputs: Record<string, { outputs: Record<string, string>; outcome: string }> = {};

  constructor(
    private readonly repository: Repository,
    private readonly options: {
      readonly inputs: Readonly<Record<string, string>>;
      readonly comments?: readonly Comment[];
      readonly event?: object;
      readonly matrix?: object;
      readonly env?: Readonly<Record<string, string>>;
      readonly hasGh?: boolean;
    },
  ) {
    writeFileSync(this.file('comments'), JSON.stringify(options.comments ?? []));
    for (const name of ['output', 'summary']) writeFileSync(this.file(name), '');
    for (const step of ACTION.runs.steps) this.runStep(step);
  }

  /** The result of the whole action: a failed step fails it, unless it may. */
  public get code(): number {
    return Math.max(...[...this.steps.values()].map(({ code }) => code ?? 1));
  }

  public get summary(): string {
    return readFileSync(this.file('summary'), 'utf8');
  }

  public get comments(): readonly Comment[] {
    return JSON.parse(readFileSync(this.file('comments'), 'utf8'));
  }

  public get sarif(): { readonly runs: readonly { readonly results: readonly unknown[] }[] } | undefined {
    const file = this.steps.get('Upload findings to code scanning')?.with?.sarif_file;
    return file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  }

  private file(name: string): string {
    return path.join(this.temp, name);
  }

  private runStep(step: Step): void {
    if (step.if !== undefined && !this.valueOf(step.if)) return;
    const evaluated = (texts: Readonly<Record<string, string>> = {}) =>
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, String(this.valueOf(text))]));
    if (step.run === undefined) {
      this.steps.set(step.name, { code: 0, out: '', err: '', with: evaluated(step.with) });
      return;
    }
    const ran = runScript(step.run, {
      cwd: this.repository.folder,
      env: { ...this.runnerEnv(), ...this.options.env, ...evaluated(step.env) },
      shell: ['bash', '--noprofile', '--norc', '-eo', 'pipefail'],
    });
    this.steps.set(step.name, ran);
    if (step.id === undefined) return;
    const lines = readFileSync(this.file('output'), 'utf8').split('\n').filter(Boolean);
    const outputs = Object.fromEntries(lines.map((line) => /^(\w+)=(.*)$/.exec(line)?.slice(1) ?? [line, '']));
    // What isn't there is equal to an empty text.
    const orEmpty = new Proxy(outputs, { get: (all, name) => all[String(name)] ?? '' });
    this.outputs[step.id] = { outputs: orEmpty, outcome: ran.code === 0 ? 'success' : 'failure' };
  }

  /** GitHub's expressions that the action has are JavaScript too. What isn't there is an empty text. */
  private valueOf(text: string): unknown {
    const { inputs, event = {} } = this.options;
    const defaults = Object.entries(ACTION.inputs).map(([name, input]) => [name, input.default]);
    const contexts = {
      inputs: { ...Object.fromEntries(defaults), ...inputs },
      steps: this.outputs,
      github: { event, job: 'check', token: 'ghs_token' },
      matrix: this.options.matrix ?? null,
      toJSON: JSON.stringify,
      cancelled: () => false,
    };
    const evaluate = (code: string) =>
      new Function(...Object.keys(contexts), `return ${code}`)(...Object.values(contexts)) ?? '';
    const [, whole] = /^\$\{\{(.*)\}\}$/s.exec(text) ?? [];
    return whole === undefined || whole.includes('${{')
      ? text.replace(/\$\{\{(.*?)\}\}/g, (_, code) => String(evaluate(code)))
      : evaluate(whole);
  }

  private runnerEnv(): Record<string, string> {
    const bin = path.join(this.temp, 'bin');
    mkdirSync(bin, { recursive: true });
    if (this.options.hasGh !== false && !existsSync(path.join(bin, 'gh'))) {
      symlinkSync(path.join(__dirname, 'fake-gh.mjs'), path.join(bin, 'gh'));
    }
    return {
      PATH: `${bin}:${process.env.PATH}`,
      FAKE_GH_COMMENTS: this.file('comments'),
      RUNNER_TEMP: this.temp,
      GITHUB_OUTPUT: this.file('output'),
      GITHUB_STEP_SUMMARY: this.file('summary'),
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'team/repo',
      GITHUB_JOB: 'check',
      GITHUB_WORKFLOW: HOSTILE,
      GITHUB_HEAD_REF: HOSTILE,
      GITHUB_REF_NAME: HOSTILE,
    };
  }
}
