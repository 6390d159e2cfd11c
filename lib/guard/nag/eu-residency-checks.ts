import type { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import type { ResidencyGuardProps } from '../cdk/residency-guard-props';
import { ResidencyPlugin } from '../cdk/residency-plugin';

/** Properties of `EuResidencyChecks`. */
export interface EuResidencyChecksProps extends ResidencyGuardProps {}

/**
 * A cdk-nag pack that stops the synth of an app in which anything could take data outside the boundary. It checks the
 * final templates, including overrides, and reports `fatal` violations, which no acknowledgement suppresses.
 *
 * ```ts
 * import { EuResidencyChecks } from 'cdk-eu-residency/nag';
 * Validations.of(app).addPlugins(new EuResidencyChecks(app));
 * ```
 *
 * A pack alone can't prevent a deployment with the CLI's `--ignore-errors`: use `ResidencyApp` or `ResidencyGuard` for that.
 */
export class EuResidencyChecks extends NagPack {
  /** The pack's name in reports. */
  public readonly name: string;
  /** Rule ids, as they appear in findings. */
  public override readonly ruleIds: string[];
  private readonly plugin: ResidencyPlugin;

  public constructor(scope?: IConstruct, props: EuResidencyChecksProps = {}) {
    super(scope);
    this.plugin = new ResidencyPlugin(props);
    this.name = this.plugin.name;
    this.packName = this.name;
    this.ruleIds = this.plugin.ruleIds;
  }

  /** Checks the templates that the synth has just written. Called by CDK. */
  public override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.plugin.validate(context);
  }

  /** Checks a synthesized app. */
  public override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    return this.plugin.validateScope(scope);
  }

  /** Does nothing: the pack checks templates, because constructs don't show raw overrides. */
  protected checkResource(_node: CfnResource): void {}
}
