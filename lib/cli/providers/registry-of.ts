import { existsSync } from 'node:fs';
import path from 'node:path';
import { isOutsideAws } from '../../boundary/provider-of';
import { DynamoDbProviderRegistry, type ProviderRegistry } from '../../runtime/gateway/providers/provider-registry';
import { deployedTable, type TablePlace } from '../deployed/deployed-table';
import { UsageError } from '../shared/usage-error';
import { PROVIDER_OUTPUTS } from './provider-outputs';
import type { ProvidersPlace } from './providers-place';

/**
 * The provider states of a running or stopped `serve`, or of a deployment.
 *
 * @throws UsageError if there are none
 */
export async function registryOf(place: ProvidersPlace): Promise<ProviderRegistry> {
  const { data } = place;
  if (data === undefined) return new DynamoDbProviderRegistry(await deployedTable(placeOf(place), PROVIDER_OUTPUTS));
  if (!existsSync(path.join(data, 'serve.sqlite'))) {
    throw new UsageError("--data: this isn't a data folder of 'serve'; name the folder that 'serve' was started with");
  }
  const { ProviderFiles } = require('../../local/provider-files') as typeof import('../../local/provider-files');
  return new ProviderFiles(data);
}

/** The configuration loader is slow to start, so it is loaded only when it is needed. */
function placeOf({ table, stack, role, region, config }: ProvidersPlace): TablePlace {
  if (table !== undefined || stack !== undefined) return { table, stack, role, region };
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { deployment } = loadConfig(config);
  const destinations = (deployment?.models ?? []).flatMap((model) => model.destinations);
  if (deployment === undefined || !destinations.some(isOutsideAws)) {
    throw new UsageError(
      `${config}: no model has a destination outside AWS, so no provider is taken out of use; name another deployment with --config, ` +
        "--stack or --table, or the data folder of 'serve' with --data",
    );
  }
  return { stack: `${deployment.name}-foundation`, role, region: region ?? deployment.primaryRegion };
}
