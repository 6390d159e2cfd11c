import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Stage,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { visible } from '../../html/visible';
import { readBaseline } from '../declarations/baseline-file';
import type { Finding } from '../finding';
import { asUnicode, withoutCommands } from '../report/commands';
import { metaFinding } from '../rule/meta-rules';
import { RULES } from '../rules';
import { type AppCheck, type AppCheckOptions, checkApp } from './check-app';
import { changedFiles, digestsOf, type OutputDigests } from './checked-output';
import { guardSubject } from './guard-subject';
import type { ResidencyGuardProps } from './residency-guard-props';

/** The guard as a CDK validation plugin: it reports `fatal` violations, which no acknowledgement suppresses. */
export class ResidencyPlugin implements IPolicyValidationPlugin {
  public readonly name: string = 'EuResidency';
  public readonly ruleIds: string[] = RULES.map((rule) => rule.id);
  /** What an app is checked against. */
  public readonly options: AppCheckOptions;
  private result?: AppCheck;
  private digests?: OutputDigests;

  /** @param isReporting whether the CDK reports the findings; a guard of an app reports them itself, with more details */
  public constructor(
    props: ResidencyGuardProps,
    private readonly isReporting = true,
  ) {
    this.options = {
      ...guardSubject(props),
      ...(props.baseline !== undefined && { baseline: readBaseline(props.baseline) }),
    };
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = this.validateScope(context.appConstruct);
    return this.isReporting ? report : { success: true, violations: [] };
  }

  /** Checks a synthesized app. */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    let findings: readonly Finding[];
    try {
      this.result = this.check(scope.node.root);
      findings = this.result.findings;
    } catch (error) {
      // The CLI treats a plugin that throws as one without findings.
      findings = [guardFailed(scope, error)];
    }
    const blocking = findings.filter((finding) => finding.level !== 'info');
    return { success: blocking.length === 0, violations: findings.map(toViolation) };
  }

  /** Checks an app, and notes the digests of what it was written as before the check. */
  public check(root: IConstruct): AppCheck {
    this.digests = Stage.isStage(root) ? digestsOf(root.outdir) : undefined;
    return checkApp(root, this.options);
  }

  /** The files that changed since the last check. */
  public get changedFiles(): string[] {
    return changedFiles(this.digests ?? new Map());
  }

  /** The last check's result; none if no check has completed since the last call of `forget`. */
  public get lastCheck(): AppCheck | undefined {
    return this.result;
  }

  /** Discards the last check's result, so that it can't be mistaken for that of a new synth. */
  public forget(): void {
    this.result = undefined;
  }
}

function toViolation(finding: Finding): PolicyViolation {
  return {
    ruleName: finding.rule,
    description: printable(finding.message),
    fix: printable([finding.fix, ...proposalOf(finding)].join(' ')),
    severity: finding.level === 'info' ? 'info' : 'fatal',
    violatingResources: [
      {
        constructPath: finding.constructPath ?? finding.stack,
        locations: finding.path ? [printable(finding.path)] : [],
      },
    ],
  };
}

const proposalOf = ({ proposal }: Finding) =>
  proposal === undefined ? [] : [`Declared by ${proposal.library}, not accepted: ${proposal.reason}`];

/** CI systems print the report that CDK makes of these texts. */
const printable = (text: string) => withoutCommands(visible(text), asUnicode);

/** The finding for a guard that failed. */
export function guardFailed(scope: IConstruct, error: unknown): Finding {
  const { path } = scope.node;
  const detail = `the guard itself failed, so nothing was checked: ${(error as Error)?.message ?? String(error)}`;
  return metaFinding('guard-failed', 'unresolved', detail, { stack: path, constructPath: path });
}
