import path from 'node:path';
import type { DeploymentConfig } from '../../config/model/config';
import { hasEgress, outsideDestinations } from '../../config/model/egress';
import { EGRESS_ALIASES, egressFunctionName, egressStackName } from '../../contract/egress';
import { findRegion } from '../../facts/region';
import type { CheckableInput } from '../../guard/check/check-inputs';
import { checkTemplate } from '../../guard/check/check-template';
import type { Finding } from '../../guard/finding';
import { metaFinding } from '../../guard/rule/meta-rules';
import { egressStackProblems } from '../../perimeter/egress-form/stack';
import type { TemplateResource } from '../../perimeter/egress-form/template';

/**
 * Inputs of a check, of which the egress stack of a deployment is also compared with its form: each route, rule, list and log. No exception
 * permits a difference. Without that stack, a finding says that nothing was compared.
 */
export function withEgressForm(
  inputs: readonly CheckableInput[],
  deployment: DeploymentConfig | undefined,
): CheckableInput[] {
  if (deployment === undefined || !hasEgress(deployment)) return [...inputs];
  const stack = egressStackName(deployment.name);
  const isEgress = (input: CheckableInput) => input.stack === stack || (isFile(input) && hasFirewall(input));
  if (inputs.some(isEgress))
    return inputs.map((input) => (isEgress(input) ? withFindings(input, problemsOf(input, deployment)) : input));
  return inputs.map((input, index) =>
    index === 0 ? withFindings(input, [missing(stack, inputs, deployment)]) : input,
  );
}

/** Whether an input is a file of its own, which doesn't tell the name of its stack. */
const isFile = ({ file, stack }: CheckableInput): boolean => path.resolve(file) === path.resolve(stack);

const resourcesOf = ({ template }: CheckableInput): Record<string, TemplateResource> =>
  (template as { Resources?: Record<string, TemplateResource> } | null)?.Resources ?? {};

const hasFirewall = (input: CheckableInput): boolean =>
  Object.values(resourcesOf(input)).some((resource) => resource?.Type === 'AWS::NetworkFirewall::Firewall');

const withFindings = (input: CheckableInput, added: readonly Finding[]): CheckableInput => ({
  ...input,
  check: (context) => {
    const result = input.check?.(context) ?? checkTemplate(input.template, context);
    return { ...result, findings: [...result.findings, ...added] };
  },
});

/** The other stacks of a deployment can't be deployed without its egress; any other input doesn't depend on it. */
function missing(stack: string, inputs: readonly CheckableInput[], { name }: DeploymentConfig): Finding {
  const level = inputs.some((input) => input.stack.startsWith(`${name}-`) && !isFile(input)) ? 'unresolved' : 'info';
  const detail = `The stack '${stack}' of the deployment isn't among the inputs, so it wasn't compared; check the folder of the whole app`;
  return metaFinding('egress-differs', level, detail, { stack });
}

function problemsOf(input: CheckableInput, deployment: DeploymentConfig): Finding[] {
  const { stack, file } = input;
  const { primaryRegion: region } = deployment;
  const names = outsideDestinations(deployment).map(({ destination }) => destination.sourceRegion);
  return egressStackProblems({
    resources: resourcesOf(input),
    names: [...new Set(names)].sort(),
    region,
    endpointName: `secretsmanager.${region}.${findRegion(region)?.dnsSuffix}`,
    functionName: egressFunctionName(deployment.name),
    aliases: Object.values(EGRESS_ALIASES),
  }).map((problem) => metaFinding('egress-differs', 'block', problem, { stack, file }));
}
