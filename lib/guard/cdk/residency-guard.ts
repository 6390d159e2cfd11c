import { type App, type StageSynthesisOptions, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { ResidencyBoundary } from '../../boundary/boundary';
import { blocks, type Finding } from '../finding';
import { count, pretty } from '../report/pretty';
import { checkApp } from './check-app';
import { EuResidencyChecks, guardFailed } from './eu-residency-checks';
import { ResidencyRefusal } from './residency-refusal';
import { withSourceLines } from './source-lines';
import { withholdAssemblies } from './withhold';

/** What a guarded app is judged by. */
export interface ResidencyGuardProps {
  /**
   * The places that count as inside.
   *
   * @default ResidencyBoundary.eu()
   */
  readonly boundary?: ResidencyBoundary;
}

/** Guards an existing CDK app: nothing of it can be deployed while anything in it could leave the boundary. */
export class ResidencyGuard {
  /**
   * Adds the checks to an app, and withholds its cloud assembly as long as they find something. Call it right after the
   * app is made. Validation alone isn't enough: the CLI's `--ignore-errors` deploys in spite of it.
   *
   * @param app the app, of whatever class
   */
  public static enforce(app: App, props: ResidencyGuardProps = {}): ResidencyGuard {
    return new ResidencyGuard(app, props.boundary ?? ResidencyBoundary.eu());
  }

  private readonly checks: EuResidencyChecks;
  private resources = 0;

  private constructor(
    private readonly app: App,
    private readonly boundary: ResidencyBoundary,
  ) {
    // What an earlier run left must not be deployable if this one dies before it gets to its own templates.
    withholdAssemblies(app);
    this.checks = new EuResidencyChecks(app, { boundary });
    Validations.of(app).addPlugins(this.checks);
    const synth = app.synth.bind(app);
    app.synth = (options?: StageSynthesisOptions) => this.guarded(() => synth(options));
  }

  /** How many resources the last synth checked. */
  public get checkedResources(): number {
    return this.resources;
  }

  private guarded(synth: () => CloudAssembly): CloudAssembly {
    let assembly: CloudAssembly | undefined;
    let failure: unknown;
    try {
      assembly = synth();
    } catch (error) {
      failure = error;
    }
    const findings = this.findings();
    if (assembly !== undefined && !findings.some(blocks)) return assembly;
    withholdAssemblies(this.app);
    throw findings.some(blocks) ? new ResidencyRefusal(this.explain(findings)) : failure;
  }

  private findings(): readonly Finding[] {
    try {
      // Judged here as well: a plugin can be skipped, removed or made to fail without the CLI noticing.
      const { resources, findings } = this.checks._lastCheck ?? checkApp(this.app, this.boundary);
      this.resources = resources;
      return withSourceLines(findings, this.app.outdir);
    } catch (error) {
      return [guardFailed(this.app, error)];
    }
  }

  private explain(findings: readonly Finding[]): string {
    return [
      `Residency: ${count(findings)} against ${this.boundary.label}; the cloud assembly is withheld, so nothing can be deployed`,
      '',
      pretty(findings.filter(blocks)),
      '',
      'A stack that is already deployed can be deleted all the same: aws cloudformation delete-stack --stack-name NAME',
    ].join('\n');
  }
}
