import type { Facts } from '../facts/facts';
import { isReliable } from '../facts/reliance';
import type { ModelFact } from '../facts/types';

/** The days before the end of a model from which outputs warn of it. */
export const END_WARNING_DAYS = 120;

/** The state of a model in its life. */
export type ModelLife =
  | { readonly state: 'active' }
  /** It ends within {@link END_WARNING_DAYS}, or is closed to new customers already. */
  | { readonly state: 'ending'; readonly endsAt: string | null; readonly legacyFrom: string | null }
  | { readonly state: 'ended'; readonly endsAt: string };

/** The state of a model today; a model without a known end is active. */
export function lifeOf(facts: Facts, modelId: string): ModelLife {
  const model = facts.model(modelId);
  if (model === undefined || !isReliable(model)) return { state: 'active' };
  const { endsAt, legacyFrom } = model;
  if (endsAt !== null && endsAt <= facts.today) return { state: 'ended', endsAt };
  const isLegacy = legacyFrom !== null && legacyFrom <= facts.today;
  return isLegacy || daysLeft(facts, model) <= END_WARNING_DAYS
    ? { state: 'ending', endsAt, legacyFrom }
    : { state: 'active' };
}

/** The days until a model ends; infinite if no end is announced. */
export function daysLeft(facts: Facts, { endsAt }: Pick<ModelFact, 'endsAt'>): number {
  return endsAt === null ? Number.POSITIVE_INFINITY : (Date.parse(endsAt) - Date.parse(facts.today)) / 86_400_000;
}

/** The life of a model in one clause, for a warning: `ends on 2027-04-08`; none if there is nothing to warn of. */
export function lifeWarning(facts: Facts, modelId: string): string | undefined {
  const life = lifeOf(facts, modelId);
  if (life.state === 'active') return undefined;
  if (life.state === 'ended') return `ended on ${life.endsAt}`;
  const legacy = life.legacyFrom === null ? '' : `is closed to new customers from ${life.legacyFrom}`;
  const end = life.endsAt === null ? '' : `ends on ${life.endsAt}`;
  return [legacy, end].filter((part) => part !== '').join(' and ');
}
