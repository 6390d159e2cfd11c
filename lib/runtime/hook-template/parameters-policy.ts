import { ResidencyBoundary } from '../../boundary/boundary';
import { hookPolicy } from '../../config/hook-policy';
import { readDeclarations } from '../../config/load-declarations';
import { ConfigError } from '../../config/read/config-error';
import type { HookTemplateVariables } from '../../contract/environment';
import { type Declarations, NO_DECLARATIONS } from '../../guard/declarations/declarations';
import { counted } from '../../guard/report/report';
import { HookError } from '../hook/hook-error';
import { type HookPolicy, parseHookPolicy } from '../hook/policy';

/**
 * The policy of a hook that a template deployed. CloudFormation can't check the values of parameters, so they are checked here: until
 * they are valid, every deployment is refused, except that of the hook's own stack.
 *
 * @throws HookError if a parameter is invalid, or the hook itself is outside its boundary
 */
export function parametersPolicy(variables: Partial<HookTemplateVariables>, region: string | undefined): HookPolicy {
  const boundary = boundaryOf(variables.HOOK_BOUNDARY ?? '');
  if (region !== undefined && !boundary.containsRegion(region)) {
    throw new HookError('policy', "the hook's Region is outside its boundary; delete its stack in this Region");
  }
  const declarations = declarationsOf(variables.HOOK_DECLARATIONS ?? '');
  return parseHookPolicy(JSON.stringify(hookPolicy(boundary, declarations)));
}

function boundaryOf(text: string): ResidencyBoundary {
  try {
    return ResidencyBoundary.parse(text);
  } catch (error) {
    throw new HookError(
      'policy',
      "the parameter 'Boundary' of the hook's stack names no boundary; use eu, eea or countries of the EEA such as DE,FR",
      { cause: error },
    );
  }
}

function declarationsOf(text: string): Declarations {
  if (text.trim() === '') return NO_DECLARATIONS;
  try {
    return readDeclarations(text, 'Declarations');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = [...new Set(error.mistakes.map(({ line }) => line ?? 1))].join(', ');
    throw new HookError(
      'policy',
      `the parameter 'Declarations' of the hook's stack has ${counted(error.mistakes.length, 'mistake')}, in line ${lines}; ` +
        "'eu-residency check --exceptions FILE' explains each",
      { cause: error },
    );
  }
}
