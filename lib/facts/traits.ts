import type { Facts } from './facts';
import { MODEL_TRAITS } from './generated/model-traits';
import type { InForce } from './layers';
import type { ModelTraitsFact } from './model-facts';

const WITH_TRAITS = new WeakMap<Facts, Facts>();

/**
 * What a model accepts; none for a model of which nothing is known, which is sent messages only. The package's traits are loaded only by
 * what imports this, because most functions decide on places alone.
 */
export function traitsOf(facts: Facts, modelId: string): InForce<ModelTraitsFact> | undefined {
  const known = WITH_TRAITS.get(facts);
  const whole = known ?? facts._including({ modelTraits: MODEL_TRAITS });
  if (known === undefined) WITH_TRAITS.set(facts, whole);
  return whole._traits(modelId);
}
