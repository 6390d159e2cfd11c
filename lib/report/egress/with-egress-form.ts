import type { DeploymentConfig } from '../../config/model/config';
import { hasEgress, outsideDestinations } from '../../config/model/egress';
import { EGRESS_ALIASES, egressFunctionName, egressStackName } from '../../contract/egress';
import { findRegion } from '../../facts/region';
import type { CheckableInput } from '../../guard/check/check-inputs';
import { checkTemplate } from '../../guard/check/check-template';
import { metaFinding } from '../../guard/rule/meta-rules';
import { egressStackProblems } from '../../perimeter/egress-form/stack';
import type { TemplateResource } from '../../perimeter/egress-form/template';

/**
 * Inputs of a check, of which the egress stack of a deployment is also compared with its form: each route, rule, list and log. No exception
 * permits a difference.
 */
export function withEgressForm(
  inputs: readonly CheckableInput[],
  deployment: DeploymentConfig | undefined,
): CheckableInput[] {
  if (deployment === undefined || !hasEgress(deployment)) return [...inputs];
  const stack = egressStackName(deployment.name);
  return inputs.map((input) =>
    input.stack !== stack
      ? input
      : {
          ...input,
          check: (context) => {
            const result = checkTemplate(input.template, context);
            return { ...result, findings: [...result.findings, ...problemsOf(input, deployment)] };
          },
        },
  );
}

function problemsOf({ stack, file, template }: CheckableInput, deployment: DeploymentConfig) {
  const { primaryRegion: region } = deployment;
  const names = outsideDestinations(deployment).map(({ destination }) => destination.sourceRegion);
  return egressStackProblems({
    resources: (template as { Resources?: Record<string, TemplateResource> }).Resources ?? {},
    names: [...new Set(names)].sort(),
    region,
    endpointName: `secretsmanager.${region}.${findRegion(region)?.dnsSuffix}`,
    functionName: egressFunctionName(deployment.name),
    aliases: Object.values(EGRESS_ALIASES),
  }).map((problem) => metaFinding('egress-differs', 'block', problem, { stack, file }));
}
