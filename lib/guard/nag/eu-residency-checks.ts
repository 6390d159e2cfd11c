import type { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import type { ResidencyGuardProps } from '../cdk/residency-guard-props';
import { ResidencyPlugin } from '../cdk/residency-plugin';

/** What `EuResidencyChecks` judges by. */
export interface EuResidencyChecksProps extends ResidencyGuardProps {}

/**
 * A cdk-nag pack that stops the synth of an app in which anything could take data outside the boundary. It judges the
 * final templates, overrides included, and reports `fatal`, which no acknowledgement suppresses.
 *
 * ```ts
 * import { EuResidencyChecks } from 'cdk-eu-residency/nag';
 * Validations.of(app).addPlugins(new EuResidencyChecks(app));
 * ```
 *
 * A pack alone can't keep the CLI's `--ignore-errors` from deploying: use `ResidencyApp` or `ResidencyGuard` for that.
 */
export class EuResidencyChecks extends NagPack {
  /** What reports call the pack. */
  public readonly name: string;
  /** Ids of the rules, as findings name them. */
  public override readonly ruleIds: string[];
  private readonly plugin: ResidencyPlugin;

  public constructor(scope?: IConstruct, props: EuResidencyChecksProps = {}) {
    super(scope);
    this.plugin = new ResidencyPlugin(props);
    this.name = this.plugin.name;
    this.packName = this.name;
    this.ruleIds = this.plugin.ruleIds;
  }

  /** Judges the templates that the synth has just written. Called by CDK. */
  public override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.plugin.validate(context);
  }

  /** Judges a synthesized app. */
  public override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    return this.plugin.validateScope(scope);
  }

  /** Nothing: the pack judges templates, not constructs, which don't show raw overrides. */
  protected checkResource(_node: CfnResource): void {}
}
