import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ResidencyBoundary } from '../../boundary/boundary';
import { readBaseline } from '../declarations/baseline-file';
import type { Finding } from '../finding';
import { ownFinding } from '../rule/own-rules';
import { RULES } from '../rules';
import { type AppCheck, type AppCheckOptions, checkApp } from './check-app';
import type { ResidencyGuardProps } from './residency-guard-props';

/** The guard as CDK's validation calls it: `fatal` violations, which no acknowledgement suppresses. */
export class ResidencyPlugin implements IPolicyValidationPlugin {
  public readonly name: string = 'EuResidency';
  public readonly ruleIds: string[] = RULES.map((rule) => rule.id);
  /** What an app is judged by. */
  public readonly options: AppCheckOptions;
  private result?: AppCheck;

  public constructor(props: ResidencyGuardProps) {
    this.options = {
      boundary: props.boundary ?? ResidencyBoundary.eu(),
      declarations: props.declarations?._data,
      ...(props.baseline !== undefined && { baseline: readBaseline(props.baseline) }),
    };
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.validateScope(context.appConstruct);
  }

  /** Judges a synthesized app. */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
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

  /** What the last check looked at and found; none if it never ran to its end since it was last forgotten. */
  public get lastCheck(): AppCheck | undefined {
    return this.result;
  }

  /** Forgets the last check, so that an old one can't pass for that of a new synth. */
  public forget(): void {
    this.result = undefined;
  }
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
