import { ResidencyBoundary } from '../../boundary/boundary';
import type { Declarations } from '../../guard/declarations/declarations';
import { isMap } from '../../guard/template/node';
import { HookError } from './hook-error';

/** What the hook judges by. It is deployed beside the handler, so nothing in a template or an event can change it. */
export interface HookPolicy {
  /** The boundary of each stack for which the owner declares no other. */
  readonly boundary: ResidencyBoundary;
  /** What the owner declares, with stacks by their names. */
  readonly declarations: Declarations;
}

/**
 * Reads the text of a `policy.json`.
 *
 * @throws HookError if it isn't one, or holds a key that this handler wouldn't honour
 */
export function parseHookPolicy(text: string): HookPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('is not JSON');
  }
  if (!isMap(value) || typeof value.boundary !== 'string') throw wrong("names no 'boundary'");
  const { boundary, declarations, ...unknown } = value;
  if (!isDeclarations(declarations)) throw wrong("holds no 'declarations' of exceptions, places and boundaries");
  if (Object.keys(unknown).length > 0) throw wrong(`holds keys that are not known: ${Object.keys(unknown).join(', ')}`);
  try {
    return { boundary: ResidencyBoundary.parse(value.boundary), declarations };
  } catch (error) {
    throw wrong(`names no boundary: ${(error as Error).message}`);
  }
}

/** The form alone: each row was checked when its file was read, at synthesis. */
function isDeclarations(value: unknown): value is Declarations {
  if (!isMap(value) || Object.keys(value).length !== LISTS.length) return false;
  return LISTS.every((name) => {
    const list = value[name];
    return Array.isArray(list) && list.every(isMap);
  });
}

const LISTS = ['exceptions', 'places', 'boundaries'] as const;

const wrong = (what: string) =>
  new HookError('policy', `policy.json ${what}; deploy the hook and its policy anew, from one version of the package`);
