import path from 'node:path';
import { type App, type Stage, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { IConstruct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { blocks, type Finding } from '../finding';
import { asUnicode, withoutCommands } from '../report/commands';
import { exceptionLines } from '../report/exception-lines';
import { COLOURED, type Paint, PLAIN } from '../report/paint';
import { count, pretty } from '../report/pretty';
import { isMetaRule, metaFinding } from '../rule/meta-rules';
import type { AppCheck, AppCheckOptions } from './check-app';
import { copyLines } from './copies';
import { noteGuard, refuseOtherGuards } from './other-guard';
import { ResidencyCheck, type ResidencyCheckProps } from './residency-check';
import type { ResidencyGuardProps } from './residency-guard-props';
import { guardFailed, ResidencyPlugin } from './residency-plugin';
import { ResidencyRefusal } from './residency-refusal';
import { withCreationLines } from './source-lines';
import { withholdAssembly } from './withhold-folder';
import { wrapSynth } from './wrap-synth';

/** Guards an existing CDK app: it can't be deployed while anything in it could take data outside the boundary. */
export class ResidencyGuard {
  /**
   * Adds the checks to an app, and withholds its cloud assembly while there are blocking findings. Call it right after you
   * create the app. Validation alone isn't enough: with `--ignore-errors`, the CLI deploys anyway.
   *
   * @param app the app, of any class
   */
  public static enforce(app: App, props: ResidencyGuardProps = {}): ResidencyGuard {
    return new ResidencyGuard(app, props);
  }

  /**
   * A check of a part of an app, for unit tests, such as those of a construct library. It needs no guard. If the app has one, its
   * boundary, declarations and baseline apply.
   *
   * @param scope a construct, a stack with its nested stacks, or a Stage or app with all its stacks
   * @throws if the scope isn't in an app
   */
  public static of(scope: IConstruct, props: ResidencyCheckProps = {}): ResidencyCheck {
    return ResidencyCheck._of(scope, (app) => ResidencyGuard._optionsOf(app), props);
  }

  /**
   * What an app is checked against, one entry for each of its guards.
   *
   * @throws if another copy of the package guards it
   * @internal
   */
  public static _optionsOf(app: Stage): AppCheckOptions[] {
    const own = [...guards].filter((guard) => guard.app === app);
    refuseOtherGuards(app, own.length);
    return own.map((guard) => guard.plugin.options);
  }

  private readonly plugin: ResidencyPlugin;
  private last?: AppCheck;
  private passed = false;
  private isStated = false;

  private constructor(
    private readonly app: App,
    props: ResidencyGuardProps,
  ) {
    // The output of an earlier run must not be deployable if this run fails before it writes its own templates.
    withholdAssembly(app.outdir);
    this.plugin = new ResidencyPlugin(props, false);
    Validations.of(app).addPlugins(this.plugin);
    guards.add(this);
    noteGuard(app);
    wrapSynth(app, (synth) => this.guarded(synth));
  }

  /** @internal */
  public get _boundary(): ResidencyBoundary {
    return this.plugin.options.boundary;
  }

  /** Number of resources that the last synth checked. */
  public get checkedResources(): number {
    return this.last?.resources ?? 0;
  }

  /** Result of the last synth: `110 resources checked, 0 findings`, with the exceptions and baseline findings used. */
  public get summary(): string {
    const { resources = 0, findings = [], exceptions = [], known = 0 } = this.last ?? {};
    return [
      `${resources} ${resources === 1 ? 'resource' : 'resources'} checked`,
      count(findings),
      ...(exceptions.length === 0
        ? []
        : [`${exceptions.length} ${exceptions.length === 1 ? 'exception' : 'exceptions'} used`]),
      ...(known === 0 ? [] : [`${known} known from the baseline`]),
    ].join(', ');
  }

  /**
   * Withholds what was written without a synth of the whole app that passed: a Stage can be synthesized on its own. An app that
   * passed says so in one line, to the CDK CLI's user only: a unit test that synthesizes stays silent.
   *
   * @internal
   */
  public _atExit(code: number): void {
    const why = this.passed ? this.whyChanged() : NOT_SYNTHESIZED;
    if (why !== undefined) this.withholdAtExit(why);
    else if (code === 0 && !this.isStated && process.env.CDK_OUTDIR !== undefined) console.error(this._statement());
  }

  /** Which part of the output isn't what passed; none if it all is, or if another guarded app has written the folder since. */
  private whyChanged(): string | undefined {
    const [file] = lastToPass.get(this.app.outdir) === this ? this.plugin.changedFiles : [];
    return file === undefined
      ? undefined
      : `${changed(file)}. Change constructs instead, or check the output with 'eu-residency check'.`;
  }

  private withholdAtExit(why: string): void {
    if (!withholdAssembly(this.app.outdir)) return;
    console.error(`Residency: the cloud assembly in '${typed(this.app.outdir)}' is withheld: ${why}`);
    process.exitCode = 1;
  }

  private guarded(synth: () => CloudAssembly): CloudAssembly {
    let assembly: CloudAssembly | undefined;
    let failure: unknown;
    this.plugin.forget();
    this.passed = false;
    try {
      assembly = synth();
    } catch (error) {
      failure = error;
    }
    const findings = this.findings();
    if (assembly !== undefined && !findings.some(blocks)) {
      lastToPass.set(this.app.outdir, this);
      // Standard output belongs to the template that `cdk synth STACK` prints.
      for (const line of this.notes(findings)) console.error(line);
      this.passed = true;
      return assembly;
    }
    withholdAssembly(this.app.outdir);
    // Where no template was written, what kept it from being written is the reason.
    const isRefused = findings.some((finding) => blocks(finding) && finding.rule !== 'template-readable');
    throw isRefused || failure === undefined
      ? new ResidencyRefusal(this.explain(findings), this.explain(findings, COLOURED))
      : failure;
  }

  private findings(): readonly Finding[] {
    try {
      // Checked here again: a plugin can be skipped, removed or made to fail without the CLI noticing.
      this.last = this.plugin.lastCheck ?? this.plugin.check(this.app);
      // Another plugin may have changed it after the check.
      const differences = this.plugin.changedFiles.map((file) =>
        metaFinding('assembly-differs', 'block', changed(file), { stack: path.basename(file) }),
      );
      return [...withCreationLines(this.last.findings, this.app), ...differences];
    } catch (error) {
      return [guardFailed(this.app, error)];
    }
  }

  private explain(findings: readonly Finding[], paint: Paint = PLAIN): string {
    const blocking = findings.filter(blocks);
    const { label } = this.plugin.options.boundary;
    return [
      paint.bold(
        `Residency: ${blocking.length} ${plural(blocking.length, 'finding')}: data could leave ${label}. The cloud assembly is withheld, so nothing can be deployed.`,
      ),
      '',
      pretty(blocking, paint),
      ...this.notes(findings).flatMap((note, index) => (index === 0 ? ['', note] : [note])),
    ].join('\n');
  }

  /**
   * What the last synth came to, in words: `56 resources checked, nothing leaves the EU`. A caller that prints it keeps the guard
   * from printing it at the end of the process.
   *
   * @internal
   */
  public _statement(): string {
    this.isStated = true;
    return this.statement(this.last?.findings ?? []);
  }

  private statement(findings: readonly Finding[]): string {
    const { resources = 0, exceptions = [], known = 0 } = this.last ?? {};
    const { label } = this.plugin.options.boundary;
    const passed = [
      ...(exceptions.length === 0 ? [] : [`${exceptions.length} ${plural(exceptions.length, 'exception')} used`]),
      ...(known === 0 ? [] : [`${known} known ${plural(known, 'finding')} of the baseline`]),
    ];
    const info = findings.length;
    return [
      `${resources} ${plural(resources, 'resource')} checked, `,
      passed.length === 0 ? `nothing leaves ${label}` : `${passed.join(', ')}; nothing else leaves ${label}`,
      ...(info === 0
        ? []
        : [` (${info} informational ${plural(info, 'finding')}: npx eu-residency check ${typed(this.app.outdir)})`]),
    ].join('');
  }

  /** The exceptions and baseline findings used, with their approvers; reported whatever the outcome. */
  private notes(findings: readonly Finding[]): string[] {
    const { exceptions = [], known } = this.last ?? {};
    const stale = findings.filter((finding) => isMetaRule(finding.rule) && !blocks(finding));
    return [
      ...copyLines(),
      ...exceptionLines(exceptions),
      ...(known === undefined ? [] : [`the baseline permitted ${known} known ${known === 1 ? 'finding' : 'findings'}`]),
      ...stale.map((finding) => `${finding.rule}: ${finding.message}`),
    ].map((note) => withoutCommands(note, asUnicode));
  }
}

const plural = (count: number, noun: string) => (count === 1 ? noun : `${noun}s`);

/** A path as a user would type it. */
const typed = (folder: string) => {
  const relative = path.relative(process.cwd(), folder) || '.';
  return relative.startsWith('..') ? path.resolve(folder) : relative;
};

const changed = (file: string) => `'${path.basename(file)}' changed after the guard had checked it`;

const NOT_SYNTHESIZED =
  'a part of it was written, but no synth of the whole app passed the guard; a Stage on its own is not checked. To check and write all of it, call synth() of the app.';

/** The guard whose app was the last to pass, by output folder. */
const lastToPass = new Map<string, ResidencyGuard>();

/** Every guard of the process. */
const guards = new Set<ResidencyGuard>();

process.on('exit', (code) => {
  for (const guard of guards) guard._atExit(code);
});
