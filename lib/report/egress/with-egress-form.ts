import path from 'node:path';
import { egressExceptions } from '../../config/egress-exceptions';
import type { DeploymentConfig } from '../../config/model/config';
import { hasEgress, outsideDestinations } from '../../config/model/egress';
import { EGRESS_ALIASES, egressFunctionName, egressStackName } from '../../contract/egress';
import { findRegion } from '../../facts/region';
import type { CheckableInput } from '../../guard/check/check-inputs';
import { checkTemplate } from '../../guard/check/check-template';
import { covers } from '../../guard/declarations/declared-exception';
import type { Finding } from '../../guard/finding';
import { metaFinding } from '../../guard/rule/meta-rules';
import { callerEndpointProblems } from '../../perimeter/egress-form/caller-endpoint';
import { egressStackProblems } from '../../perimeter/egress-form/stack';
import type { TemplateResource } from '../../perimeter/egress-form/template';

/**
 * Inputs of a check, of which the egress stack of a deployment is also compared with its form: each route, rule, list and log; and the
 * foundation's way to it. No exception permits a difference. Without the egress stack, a finding says that it wasn't compared.
 */
export function withEgressForm(
  inputs: readonly CheckableInput[],
  deployment: DeploymentConfig | undefined,
): CheckableInput[] {
  if (deployment === undefined || !hasEgress(deployment)) return [...inputs];
  const stack = egressStackName(deployment.name);
  const isEgress = (input: CheckableInput) => input.stack === stack || (isFile(input) && hasFirewall(input));
  const hasEgressStack = inputs.some(isEgress);
  return inputs.map((input, index) => {
    const added = [
      ...(!hasEgressStack && index === 0 ? [missing(stack, inputs, deployment)] : []),
      ...(isEgress(input) ? problemsOf(input, deployment) : []),
      ...(input.stack === foundationStackName(deployment.name) ? callerProblemsOf(input, deployment) : []),
    ];
    const compared = added.length > 0 ? withFindings(input, added) : input;
    return isFile(input) && isEgress(input) ? withoutPermitted(compared, deployment) : compared;
  });
}

/** Whether an input is a file of its own, which doesn't tell the name of its stack. */
const isFile = ({ file, stack }: CheckableInput): boolean => path.resolve(file) === path.resolve(stack);

const foundationStackName = (deployment: string): string => `${deployment}-foundation`;

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

/**
 * A file doesn't tell the name of its stack, so what `residency.yaml` permits in the egress stack isn't permitted in it. In place of each
 * host that would be, one finding says so.
 */
const withoutPermitted = (input: CheckableInput, deployment: DeploymentConfig): CheckableInput => ({
  ...input,
  check: (context) => {
    const result = input.check?.(context) ?? checkTemplate(input.template, context);
    const rows = egressExceptions(context.boundary, deployment).map((row) => ({ ...row, stack: '**' }));
    const isPermitted = (finding: Finding) => rows.some((row) => covers(row, finding));
    const hosts = [...new Set(result.findings.filter(isPermitted).map(({ value }) => value))];
    if (hosts.length === 0) return result;
    const { stack, file } = input;
    const detail =
      `This template is checked as a file of its own, so it isn't known to be the stack '${egressStackName(deployment.name)}', in which ` +
      `residency.yaml permits ${hosts.join(', ')}; check the folder of the whole app`;
    const added = metaFinding('egress-differs', 'unresolved', detail, { stack, file });
    return { ...result, findings: [...result.findings.filter((finding) => !isPermitted(finding)), added] };
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

/** The network of gateways leads to the function of the egress, and nowhere else. */
function callerProblemsOf(
  input: CheckableInput,
  { name, primaryRegion: region, network }: DeploymentConfig,
): Finding[] {
  const { stack, file } = input;
  return callerEndpointProblems({
    resources: resourcesOf(input),
    region,
    functionName: egressFunctionName(name),
    aliases: Object.values(EGRESS_ALIASES),
    callers: `${name}-`,
    isExisting: network.vpc?.endpoints?.lambda === 'existing',
  }).map((problem) => metaFinding('egress-differs', 'block', problem, { stack, file }));
}
