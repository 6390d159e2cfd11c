import { ResidencyBoundary } from '../../boundary/boundary';
import type { DeploymentConfig } from '../../config/model/config';
import { type Declarations, joined } from '../../guard/declarations/declarations';
import type { CheckCommand } from './check-options';

/** The boundary, declarations and deployment of the command line; the loader is slow to start, so it is loaded only for files. */
export function declaredBy({ boundary, config, exceptions }: Pick<CheckCommand, 'boundary' | 'config' | 'exceptions'>) {
  const declarations: Declarations[] = [];
  let inside = boundary ?? ResidencyBoundary.eu();
  let deployment: DeploymentConfig | undefined;
  if (config !== undefined) {
    const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
    const read = loadConfig(config);
    inside = read.boundary;
    deployment = read.deployment;
    declarations.push(read.declarations);
  }
  if (exceptions !== undefined) {
    const { loadDeclarations } =
      require('../../config/load-declarations') as typeof import('../../config/load-declarations');
    declarations.push(loadDeclarations(exceptions));
  }
  return { boundary: inside, declarations: joined(declarations), deployment };
}
