import { Facts } from '@/lib/facts/facts';
import { PACKAGED } from '@/lib/facts/packaged';

/** A model of which, in these facts, it is unknown what its provider retains. */
export const KEEPER = 'anthropic.claude-sonnet-5';

/** The package's facts about models, but for the retention of one of them. */
export const UNCONFIRMED = new Facts({
  profiles: PACKAGED.profiles,
  onDemandModels: PACKAGED.onDemandModels,
  modelRetention: PACKAGED.modelRetention.map((row) =>
    row.modelId === KEEPER ? { ...row, underNone: 'unknown', days: null, confidence: 'low' } : row,
  ),
  models: PACKAGED.models,
  modelTraits: [],
  bedrockApis: [],
  hosts: [],
  providers: [],
});
