import type { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { ResidencyBoundary } from '../../boundary/boundary';
import type { ResidencyDeclarations } from '../../config/residency-declarations';
import type { Finding } from '../finding';
import { readBaseline } from '../owner/baseline-file';
import { ownFinding } from '../owner/own-rules';
import { RULES } from '../rules';
import { type AppCheck, type AppCheckOptions, checkApp } from './check-app';

/** What `EuResidencyChecks` judges by. */
export interface EuResidencyChecksProps {
  /**
   * The places that count as inside.
   *
   * @default ResidencyBoundary.eu()
   */
  readonly boundary?: ResidencyBoundary;
  /**
   * What may be in spite of a rule, where your own hosts and buckets are, and other boundaries for some stacks.
   *
   * @default ResidencyDeclarations.none()
   */
  readonly declarations?: ResidencyDeclarations;
  /**
   * File of the findings that were there already, written by `eu-residency check --write-baseline`; only others block.
   *
   * @default - every finding blocks
   */
  readonly baseline?: string;
}

/**
 * A cdk-nag pack that stops the synth of an app in which anything could take data outside the boundary. It judges the
 * final templates, overrides included, and reports `fatal`, which no acknowledgement suppresses.
 *
 * ```ts
 * Validations.of(app).addPlugins(new EuResidencyChecks(app));
 * ```
 *
 * A pack alone can't keep the CLI's `--ignore-errors` from deploying: use `ResidencyApp` for that.
 */
export class EuResidencyChecks extends NagPack {
  public readonly name: string = 'EuResidency';
  public override readonly ruleIds: string[] = RULES.map((rule) => rule.id);
  private readonly options: AppCheckOptions;
  private result?: AppCheck;

  public constructor(scope?: IConstruct, props: EuResidencyChecksProps = {}) {
    super(scope);
    this.packName = this.name;
    this.options = {
      boundary: props.boundary ?? ResidencyBoundary.eu(),
      declarations: props.declarations?._data,
      ...(props.baseline !== undefined && { baseline: readBaseline(props.baseline) }),
    };
  }

  /** Judges the templates that the synth has just written. Called by CDK. */
  public override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.validateScope(context.appConstruct);
  }

  /** Judges a synthesized app. */
  public override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    let findings: readonly Finding[];
    try {
      this.result = checkApp(scope.node.root, this.options);
      findings = this.result.findings;
    } catch (error) {
      // The CLI takes a plugin that throws for one that found nothing.
      findings = [guardFailed(scope, error)];
    }
    const blocking = findings.filter((finding) => finding.level !== 'info');
    return { success: blocking.length === 0, violations: findings.map(toViolation) };
  }

  /**
   * What the last check looked at and found; none if it never ran to its end.
   *
   * @internal
   */
  public get _lastCheck(): AppCheck | undefined {
    return this.result;
  }

  /**
   * What an app is judged by.
   *
   * @internal
   */
  public get _options(): AppCheckOptions {
    return this.options;
  }

  /** Nothing: the pack judges templates, not constructs, which don't show raw overrides. */
  protected checkResource(_node: CfnResource): void {}
}

function toViolation(finding: Finding): PolicyViolation {
  return {
    ruleName: finding.rule,
    description: finding.message,
    fix: finding.fix,
    severity: finding.level === 'info' ? 'info' : 'fatal',
    violatingResources: [
      { constructPath: finding.constructPath ?? finding.stack, locations: finding.path ? [finding.path] : [] },
    ],
  };
}

/** The finding that stands for a guard that couldn't do its work. */
export function guardFailed(scope: IConstruct, error: unknown): Finding {
  const { path } = scope.node;
  const detail = `the guard itself failed, so nothing was checked: ${(error as Error)?.message ?? String(error)}`;
  return ownFinding('guard-failed', 'unresolved', detail, { stack: path, constructPath: path });
}
