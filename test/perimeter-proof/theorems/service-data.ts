import { type ServiceAction, serviceActions } from '../../iam/evaluator/evaluator';
import { like, matches } from '../encoding/pattern';

/** Actions of AWS's service data, by what it says of them and not by what a statement lists. */
export interface Selection {
  /** The service's prefix in IAM; `*` for all services. */
  readonly service: string;
  /** The types of resources that the actions are on; any, unless some are named. */
  readonly types?: readonly string[];
  /** A part that the actions' names have, for actions to which AWS gives no type of resources. */
  readonly named?: RegExp;
  /** A condition key that tells something of the resource, without which no statement can decide on it. */
  readonly key?: string;
  /** The access levels; those that change something, unless others are named. */
  readonly access?: readonly string[];
  /** Whether an action is meant, where neither its types nor one access level say so. The access levels are then of no account. */
  readonly meant?: (action: ServiceAction) => boolean;
  /** The actions that the promise doesn't mean, each with the reason. A `*` stands for any text. */
  readonly but?: Exceptions;
}

/** Actions, or patterns of actions, each with the reason why a promise doesn't mean it. */
export type Exceptions = Readonly<Record<string, string>>;

/** The access levels of actions that change something. */
const CHANGES: readonly string[] = ['Write', 'Tagging', 'Permissions management'];

/** Several actions, or patterns of actions, for the same reason. */
export const because = (reason: string, ...actions: readonly string[]): Exceptions =>
  Object.fromEntries(actions.map((action) => [action, reason]));

/** A list that is made when it is first asked for: each set of documents asks for the same ones. */
export function once(list: () => string[]): () => string[] {
  let made: string[] | undefined;
  return () => {
    made ??= list();
    return made;
  };
}

/** The actions of AWS's service data that some selections mean. @throws if an exception is none of them */
export const actionsOf = (...selections: readonly Selection[]): string[] => [...new Set(selections.flatMap(selected))];

function selected(selection: Selection): string[] {
  const { service, but = {} } = selection;
  const all = (serviceActions([`${service}:*`])[`${service}:*`] ?? []).filter((one) => isMeant(one, selection));
  const names = all.map(({ action }) => action);
  const exceptions = Object.keys(but).map((text) => ({ text, pattern: like(text) }));
  const stale = exceptions.filter(({ pattern }) => !names.some((name) => matches(pattern, name)));
  if (stale.length > 0)
    throw new Error(
      `${service}: ${stale.map(({ text }) => text).join(', ')} is an exception of actions that don't have it; remove it`,
    );
  return names.filter((action) => !exceptions.some(({ pattern }) => matches(pattern, action)));
}

const isMeant = (one: ServiceAction, selection: Selection): boolean =>
  selection.meant === undefined ? hasWhatIsNamed(one, selection) : selection.meant(one);

const hasWhatIsNamed = (
  { action, access, types: own, keys }: ServiceAction,
  { types, named, key, access: levels = CHANGES }: Selection,
): boolean =>
  access.some((one) => levels.includes(one)) &&
  (named === undefined || named.test(action)) &&
  (types === undefined
    ? key === undefined || keys.includes(key)
    : own.some((one) => types.includes(one.name) && (key === undefined || one.keys.includes(key))));
