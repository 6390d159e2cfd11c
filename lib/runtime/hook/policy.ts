import { ResidencyBoundary } from '../../boundary/boundary';
import { withLayers } from '../../boundary/facts-of';
import type { HookPolicy as HookPolicyFile } from '../../contract/policies/hook-policy';
import { areLayers } from '../../facts/row-forms';
import type { Declarations } from '../../guard/declarations/declarations';
import type { RequiredBoundary } from '../../guard/rule/required-boundary';
import { isMap } from '../../guard/template/node';
import { HookError } from './hook-error';

/** The hook's policy. It is deployed next to the handler, so nothing in a template or an event can change it. */
export interface HookPolicy extends Omit<HookPolicyFile<Declarations>, 'boundary' | 'facts'> {
  readonly boundary: ResidencyBoundary;
}

/**
 * Reads the text of a `policy.json`.
 *
 * @throws HookError if it isn't a policy, or contains a key that this handler wouldn't honour
 */
export function parseHookPolicy(text: string): HookPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('is not JSON');
  }
  if (!isPolicy(value) || typeof value.boundary !== 'string') throw wrong("names no 'boundary'");
  const { boundary, facts, declarations, ...unknown } = value;
  if (facts !== undefined && !areLayers(facts)) throw wrong("has invalid 'facts'");
  if (!isDeclarations(declarations)) throw wrong("has no 'declarations' of exceptions, places and boundaries");
  if (Object.keys(unknown).length > 0) throw wrong(`contains unknown keys: ${Object.keys(unknown).join(', ')}`);
  try {
    return { boundary: withLayers(ResidencyBoundary.parse(value.boundary), facts), declarations };
  } catch (error) {
    throw wrong(`names no boundary: ${(error as Error).message}`);
  }
}

/** Reads only the policy's own fields. */
const isPolicy = (value: unknown): value is { readonly [Name in keyof HookPolicyFile]?: unknown } => isMap(value);

/** Checks the form only: synthesis checked each entry when it read the file. */
function isDeclarations(value: unknown): value is Declarations {
  if (!isMap(value)) return false;
  const { permissionsBoundary, ...lists } = value;
  if (permissionsBoundary !== undefined && !isBoundary(permissionsBoundary)) return false;
  if (Object.keys(lists).length !== LISTS.length) return false;
  return LISTS.every((name) => {
    const list = lists[name];
    return Array.isArray(list) && list.every(isMap);
  });
}

const isBoundary = (value: unknown): value is RequiredBoundary =>
  isMap(value) &&
  typeof value.policyName === 'string' &&
  (value.documents === undefined || (Array.isArray(value.documents) && value.documents.every(isMap))) &&
  Object.keys(value).every((key) => key === 'policyName' || key === 'documents');

const LISTS = ['exceptions', 'places', 'boundaries'] as const satisfies readonly (keyof Declarations)[];

const wrong = (what: string) =>
  new HookError('policy', `policy.json ${what}; deploy the hook and its policy again, from one version of the package`);
