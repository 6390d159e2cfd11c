import { Facts } from './facts';
import { BEDROCK_APIS } from './generated/bedrock-apis';
import { HOSTS } from './generated/hosts';
import { MODEL_RETENTION } from './generated/model-retention';
import { MODELS } from './generated/models';
import { ON_DEMAND_MODELS } from './generated/on-demand-models';
import { PROFILES } from './generated/profiles';
import { PROVIDERS } from './generated/providers';
import { SERVICE_FACTS } from './generated/services';

/** The facts of this version of the package. */
export const PACKAGED = new Facts({
  profiles: PROFILES,
  onDemandModels: ON_DEMAND_MODELS,
  modelRetention: MODEL_RETENTION,
  models: MODELS,
  // `traitsOf` adds them, because most functions don't need them.
  modelTraits: [],
  bedrockApis: BEDROCK_APIS,
  hosts: HOSTS,
  providers: PROVIDERS,
  services: SERVICE_FACTS,
});
