import { type App, type Stage, type StageSynthesisOptions, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { blocks, type Finding } from '../finding';
import { exceptionLines } from '../report/exception-lines';
import { count, pretty } from '../report/pretty';
import { isOwnRule } from '../rule/own-rules';
import { type AppCheck, type AppCheckOptions, checkApp } from './check-app';
import type { ResidencyGuardProps } from './residency-guard-props';
import { guardFailed, ResidencyPlugin } from './residency-plugin';
import { ResidencyRefusal } from './residency-refusal';
import { withSourceLines } from './source-lines';
import { withholdAssemblies } from './withhold';

/** Guards an existing CDK app: nothing of it can be deployed while anything in it could leave the boundary. */
export class ResidencyGuard {
  /**
   * Adds the checks to an app, and withholds its cloud assembly as long as they find something. Call it right after the
   * app is made. Validation alone isn't enough: the CLI's `--ignore-errors` deploys in spite of it.
   *
   * @param app the app, of whatever class
   */
  public static enforce(app: App, props: ResidencyGuardProps = {}): ResidencyGuard {
    return new ResidencyGuard(app, props);
  }

  /**
   * What an app is judged by, one for each of its guards.
   *
   * @internal
   */
  public static _optionsOf(app: Stage): AppCheckOptions[] {
    return [...watched].filter((guard) => guard.app === app).map((guard) => guard.plugin.options);
  }

  private readonly plugin: ResidencyPlugin;
  private last?: AppCheck;
  private passed = false;

  private constructor(
    private readonly app: App,
    props: ResidencyGuardProps,
  ) {
    // What an earlier run left must not be deployable if this one dies before it gets to its own templates.
    withholdAssemblies(app);
    this.plugin = new ResidencyPlugin(props);
    Validations.of(app).addPlugins(this.plugin);
    watched.add(this);
    const synth = app.synth.bind(app);
    app.synth = (options?: StageSynthesisOptions) => this.guarded(() => synth(options));
  }

  /** How many resources the last synth checked. */
  public get checkedResources(): number {
    return this.last?.resources ?? 0;
  }

  /** What the last synth came to: `110 resources checked, 0 findings`, with what was let pass. */
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
   * Withholds what was written without a synth of the whole app that passed: a Stage can be synthesized on its own.
   *
   * @internal
   */
  public _atExit(): void {
    if (!this.passed) withholdAssemblies(this.app);
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
      const notes = this.notes(findings);
      // Standard output belongs to the template that `cdk synth STACK` prints.
      if (notes.length > 0) console.error(notes.join('\n'));
      this.passed = true;
      return assembly;
    }
    withholdAssemblies(this.app);
    // Where no template was written, what kept it from being written is the reason.
    const isJudged = findings.some((finding) => blocks(finding) && finding.rule !== 'template-readable');
    throw isJudged || failure === undefined ? new ResidencyRefusal(this.explain(findings)) : failure;
  }

  private findings(): readonly Finding[] {
    try {
      // Judged here as well: a plugin can be skipped, removed or made to fail without the CLI noticing.
      this.last = this.plugin.lastCheck ?? checkApp(this.app, this.plugin.options);
      return withSourceLines(this.last.findings, this.app.outdir);
    } catch (error) {
      return [guardFailed(this.app, error)];
    }
  }

  private explain(findings: readonly Finding[]): string {
    return [
      `Residency: ${count(findings)} against ${this.plugin.options.boundary.label}; the cloud assembly is withheld, so nothing can be deployed`,
      '',
      pretty(findings.filter(blocks)),
      '',
      ...this.notes(findings),
      'A stack that is already deployed can be deleted all the same: aws cloudformation delete-stack --stack-name NAME',
    ].join('\n');
  }

  /** What was let pass, and by whom: said whatever the outcome. */
  private notes(findings: readonly Finding[]): string[] {
    const { exceptions = [], known } = this.last ?? {};
    const stale = findings.filter((finding) => isOwnRule(finding.rule) && !blocks(finding));
    return [
      ...exceptionLines(exceptions),
      ...(known === undefined
        ? []
        : [`${known} known ${known === 1 ? 'finding' : 'findings'} of the baseline let pass`]),
      ...stale.map((finding) => `${finding.rule}: ${finding.message}`),
    ];
  }
}

/** Every guard of the process. */
const watched = new Set<ResidencyGuard>();

process.on('exit', () => {
  for (const guard of watched) guard._atExit();
});
