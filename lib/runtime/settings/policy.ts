import type { DeclaredLogging, SettingsDestination, SettingsPolicy } from '../../contract/policies/settings-policy';
import { areLayers } from '../../facts/row-forms';
import { isFactsRelease } from './facts-release';

/**
 * Reads the text of a `policy.json`. It is part of the deployed code, so nothing in an event can change it.
 *
 * @throws if it isn't valid, or contains a key that this handler doesn't support
 */
export function parseSettingsPolicy(text: string): SettingsPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('is not JSON');
  }
  if (!isMap<SettingsPolicy>(value)) throw wrong('is not an object');
  const { task, boundary, facts, release, mode, regions, logging, destinations, ...unknown } = value;
  if (Object.keys(unknown).length > 0) throw wrong(`contains unknown keys: ${Object.keys(unknown).join(', ')}`);
  if (task !== 'retention' && task !== 'check') throw wrong("must have a 'task': retention or check");
  if (mode !== 'manage' && mode !== 'verify') throw wrong("must have a 'mode': manage or verify");
  if (typeof boundary !== 'string') throw wrong("must name a 'boundary'");
  if (!isTexts(regions) || regions.length === 0) throw wrong("must name 'regions'");
  if (logging !== undefined && !isLogging(logging))
    throw wrong("has an invalid 'logging': it must have a region and contain only names");
  if (!Array.isArray(destinations) || !destinations.every(isDestination)) {
    throw wrong("must have 'destinations', each with id, sourceRegion, throughProfile and regions");
  }
  if (facts !== undefined && !areLayers(facts)) throw wrong("has invalid 'facts'");
  if (release !== undefined && !isFactsRelease(release)) throw wrong("has an invalid 'release'");
  return {
    task,
    boundary,
    ...(facts && { facts }),
    ...(release && { release }),
    mode,
    regions,
    ...(logging && { logging }),
    destinations,
  };
}

/** Whether a value is an object. Only the fields of `T` can be read from it. */
const isMap = <T>(value: unknown): value is { readonly [Name in keyof T]?: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const isLogging = (value: unknown): value is DeclaredLogging =>
  isMap<DeclaredLogging>(value) && typeof value.region === 'string' && isTexts(Object.values(value));

const isDestination = (value: unknown): value is SettingsDestination =>
  isMap<SettingsDestination>(value) &&
  typeof value.id === 'string' &&
  (value.modelId === undefined || typeof value.modelId === 'string') &&
  (value.life === undefined || isLife(value.life)) &&
  typeof value.sourceRegion === 'string' &&
  typeof value.throughProfile === 'boolean' &&
  isTexts(value.regions);

const isLife = (value: unknown): value is NonNullable<SettingsDestination['life']> =>
  isMap<NonNullable<SettingsDestination['life']>>(value) && isDay(value.legacyFrom) && isDay(value.endsAt);

const isDay = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value));

const wrong = (what: string) =>
  new Error(`policy.json ${what}; deploy the function and its policy again, from one version of the package`);
