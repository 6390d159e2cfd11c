import { difference } from './difference';
import { attribute, type EgressTemplate, ref, target } from './template';

const TYPE = 'AWS::Lambda::Function';

/**
 * Checks the function of an egress: it is in the client subnets, and nothing but its own code runs in it. A function without a network
 * would reach every host.
 *
 * @returns its logical ID; none, and a problem, if there isn't exactly one
 */
export function checkFunction(template: EgressTemplate, name: string): string | undefined {
  const why = 'it is what decides on each request';
  const id = template.only(`a function named ${name}`, why, TYPE, { FunctionName: name });
  if (id === undefined) return undefined;
  const { VpcConfig } = template.properties(id);
  const { SecurityGroupIds } = (VpcConfig ?? {}) as { SecurityGroupIds?: unknown };
  const found = difference('VpcConfig', { SecurityGroupIds, SubnetIds: [...template.clients].map(ref) }, VpcConfig);
  template.require(
    found === undefined && Array.isArray(SecurityGroupIds) && SecurityGroupIds.length > 0,
    `the function ${name} must be in the client subnets and a security group, got ${found ?? 'no SecurityGroupIds'}`,
  );
  // Variables such as NODE_OPTIONS, layers and extensions run other code; a trace or a queue holds request data.
  template.requireOnly(
    id,
    'Architectures',
    'Code',
    'Description',
    'FunctionName',
    'Handler',
    'LoggingConfig',
    'MemorySize',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'Timeout',
    'VpcConfig',
  );
  return id;
}

/** Checks that each alias leads to a version of the function, because everyone who may change its code changes `$LATEST`. */
export function checkAliases(template: EgressTemplate, id: string, names: readonly string[]): void {
  for (const Name of names) {
    const why = 'gateways call it by that name';
    const alias = template.only(`an alias ${Name}`, why, 'AWS::Lambda::Alias', { FunctionName: ref(id), Name });
    if (alias === undefined) continue;
    const { FunctionVersion } = template.properties(alias);
    const version = target(FunctionVersion, 'Version');
    template.requireForm(version, `the version of alias ${Name}`, 'AWS::Lambda::Version', { FunctionName: ref(id) });
    template.requireForm(alias, `alias ${Name}`, 'AWS::Lambda::Alias', {
      FunctionVersion: attribute(version, 'Version'),
    });
    template.requireOnly(alias, 'Description', 'FunctionName', 'FunctionVersion', 'Name');
  }
}
