import { isVersionOf } from '../../boundary/alternatives';
import { nearest } from '../../boundary/nearest';
import { PROFILE_PREFIXES } from '../../facts/generated/profile-prefixes';
import { findRegion } from '../../facts/region';

/** The target of the same model, whatever geography or version is given; otherwise the one with the most similar spelling. */
export function similarTarget(text: string, ids: readonly string[]): string | undefined {
  const model = withoutGeography(text);
  return ids.find((id) => isVersionOf(withoutGeography(id), model)) ?? nearest(text, ids);
}

function withoutGeography(id: string): string {
  const [prefix = '', ...rest] = id.split('.');
  return PROFILE_PREFIXES.includes(prefix) ? rest.join('.') : id;
}

/** The Region in a city or country; otherwise the one whose code has the most similar spelling. */
export function similarRegion(text: string, codes: readonly string[]): string | undefined {
  const name = text.toLowerCase();
  return codes.find((code) => namesOf(code).some((other) => other.toLowerCase() === name)) ?? nearest(text, codes);
}

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' });

/** The facts write a city as `Frankfurt`, or with a country or state as `Ireland (Dublin)`. */
function namesOf(code: string): string[] {
  const { city, country } = findRegion(code) ?? {};
  if (country === undefined) return [];
  return [...(city?.split(/ ?[()]/) ?? []), country, COUNTRIES.of(country) ?? ''];
}
