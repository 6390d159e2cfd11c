import { App, type AppProps } from 'aws-cdk-lib';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { ReportedError } from '../report/reported-error';
import { ResidencyGuard } from './residency-guard';
import type { ResidencyGuardProps } from './residency-guard-props';

/** Construction properties for a `ResidencyApp`. */
export interface ResidencyAppProps extends AppProps, ResidencyGuardProps {}

/**
 * A CDK app that can't be deployed while anything in it could take data outside the boundary: it prints the findings,
 * exits with code 1 and withholds the cloud assembly.
 */
export class ResidencyApp extends App {
  /** The places that count as inside the boundary. */
  public readonly boundary: ResidencyBoundary;

  private readonly guard: ResidencyGuard;

  public constructor(props: ResidencyAppProps = {}) {
    super({ ...props, autoSynth: false });
    const { boundary, declarations, config, baseline } = props;
    this.guard = ResidencyGuard.enforce(this, { boundary, declarations, config, baseline });
    this.boundary = this.guard._boundary;
    if (props.autoSynth ?? process.env.CDK_OUTDIR !== undefined)
      process.once('beforeExit', () => this.synthOrExplain());
  }

  /** Number of resources that the last synth checked. */
  public get checkedResources(): number {
    return this.guard.checkedResources;
  }

  /** Result of the last synth: `110 resources checked, 0 findings`, with the exceptions and baseline findings used. */
  public get summary(): string {
    return this.guard.summary;
  }

  /** @internal */
  public _statement(): string {
    return this.guard._statement();
  }

  /** Nothing is left to catch an error at the end of the process, and Node would print a page of source before it. */
  private synthOrExplain(): void {
    try {
      this.synth({ errorOnDuplicateSynth: false });
    } catch (error) {
      console.error(error instanceof ReportedError ? error.textFor(process.stderr) : ((error as Error).stack ?? error));
      process.exitCode = 1;
    }
  }
}
