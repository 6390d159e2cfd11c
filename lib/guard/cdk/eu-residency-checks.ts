import type { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { ResidencyBoundary } from '../../boundary/boundary';
import type { Finding } from '../finding';
import { RULES } from '../rules';
import { type AppCheck, checkApp } from './check-app';

/** What `EuResidencyChecks` judges by. */
export interface EuResidencyChecksProps {
  /**
   * The places that count as inside.
   *
   * @default ResidencyBoundary.eu()
   */
  readonly boundary?: ResidencyBoundary;
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
  private readonly boundary: ResidencyBoundary;
  private result?: AppCheck;

  public constructor(scope?: IConstruct, props: EuResidencyChecksProps = {}) {
    super(scope);
    this.packName = this.name;
    this.boundary = props.boundary ?? ResidencyBoundary.eu();
  }

  /** Judges the templates that the synth has just written. Called by CDK. */
  public override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.validateScope(context.appConstruct);
  }

  /** Judges a synthesized app. */
  public override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    let findings: readonly Finding[];
    try {
      this.result = checkApp(scope.node.root, this.boundary);
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
  return {
    rule: 'guard-failed',
    level: 'unresolved',
    stack: scope.node.path,
    constructPath: scope.node.path,
    path: '',
    message: `the guard itself failed, so nothing was checked: ${(error as Error)?.message ?? String(error)}`,
    fix: 'Report this with the template that caused it; until then deploy nothing of this app.',
    documentation: 'https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html',
  };
}
