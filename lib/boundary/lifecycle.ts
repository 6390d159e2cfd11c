import type { Facts } from '../facts/facts';
import type { ModelFact } from '../facts/model-facts';
import { isReliable } from '../facts/reliance';

/** The days before the end of a model from which outputs warn of it. */
export const END_WARNING_DAYS = 120;

/** The state of a model in its life. */
export type ModelLife =
  | { readonly state: 'active' }
  /** It ends within {@link END_WARNING_DAYS}, or is closed to new customers already. */
  | {
      readonly state: 'ending';
      readonly endsAt: string | null;
      readonly isLegacy: boolean;
      /** None if only the provider's word `legacy` is known. */
      readonly legacyFrom: string | null;
    }
  | { readonly state: 'ended'; readonly endsAt: string };

/** The announced dates of a model's life, `YYYY-MM-DD`; null if none is announced. */
export interface LifeDates extends Pick<ModelFact, 'legacyFrom' | 'endsAt'> {
  /** Whether the provider says so already, with or without a date. */
  readonly isLegacy?: boolean;
}

/** The state of a model today; a model without a known end is active. */
export function lifeOf(facts: Facts, modelId: string): ModelLife {
  const model = facts.model(modelId);
  return model === undefined || !isReliable(model) ? { state: 'active' } : lifeOn(facts.today, model);
}

/** The state of a model with these dates on a day. */
export function lifeOn(today: string, { legacyFrom, endsAt, isLegacy: isNamed = false }: LifeDates): ModelLife {
  if (endsAt !== null && endsAt <= today) return { state: 'ended', endsAt };
  const isPast = legacyFrom !== null && legacyFrom <= today;
  const isLegacy = isNamed || isPast;
  return isLegacy || (endsAt !== null && daysUntil(endsAt, today) <= END_WARNING_DAYS)
    ? { state: 'ending', endsAt, isLegacy, legacyFrom: isPast ? legacyFrom : null }
    : { state: 'active' };
}

/** The days from one day to a later one, both `YYYY-MM-DD`. */
export const daysUntil = (day: string, today: string): number => (Date.parse(day) - Date.parse(today)) / 86_400_000;

/** The state of a model in one clause, for a warning: `ends on 2027-04-08`; none if there is nothing to warn of. */
export function lifeText(life: ModelLife): string | undefined {
  if (life.state === 'active') return undefined;
  if (life.state === 'ended') return `ended on ${life.endsAt}`;
  const since =
    life.legacyFrom === null
      ? 'is closed to new customers'
      : `has been closed to new customers since ${life.legacyFrom}`;
  const legacy = life.isLegacy ? [since] : [];
  const end = life.endsAt === null ? [] : [`ends on ${life.endsAt}`];
  return [...legacy, ...end].join(' and ');
}

/** The order of two models, the newest first. A model of unknown release counts from a year before the end that it can't precede. */
export function newestFirst(facts: Facts, a: string, b: string): number {
  const [one, other] = [a, b].map((modelId) => releaseOf(facts.model(modelId)));
  return other?.localeCompare(one ?? '') || b.localeCompare(a, 'en', { numeric: true });
}

/** Bedrock serves a model for at least a year from its release. */
const releaseOf = (model: ModelFact | undefined): string =>
  model?.releasedAt ??
  (model?.endsNotBefore == null ? '' : `${Number(model.endsNotBefore.slice(0, 4)) - 1}${model.endsNotBefore.slice(4)}`);
