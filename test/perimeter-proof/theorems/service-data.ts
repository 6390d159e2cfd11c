import { type ServiceAction, serviceActions } from '../../iam/evaluator/evaluator';

/** Actions of AWS's service data, by what it says of them and not by what a statement lists. */
export interface Selection {
  /** The service's prefix in IAM. */
  readonly service: string;
  /** The types of resources that the actions are on; any, unless some are named. */
  readonly types?: readonly string[];
  /** A part that the actions' names have, for actions to which AWS gives no type of resources. */
  readonly named?: RegExp;
  /** A condition key that tells something of the resource, without which no statement can decide on it. */
  readonly key?: string;
  /** The access levels; those that change something, unless others are named. */
  readonly access?: readonly string[];
  /** The actions that the promise doesn't mean, each with the reason. */
  readonly but?: Readonly<Record<string, string>>;
}

/** The access levels of actions that change something. */
const CHANGES: readonly string[] = ['Write', 'Tagging', 'Permissions management'];

/** The actions of AWS's service data that some selections mean. @throws if an exception is none of them */
export const actionsOf = (...selections: readonly Selection[]): string[] => selections.flatMap(selected);

function selected(selection: Selection): string[] {
  const { service, but = {} } = selection;
  const all = (serviceActions([`${service}:*`])[`${service}:*`] ?? []).filter((one) => isMeant(one, selection));
  const names = all.map(({ action }) => action);
  const stale = Object.keys(but).filter((one) => !names.includes(one));
  if (stale.length > 0)
    throw new Error(`${service}: ${stale.join(', ')} is an exception of actions that don't have it; remove it`);
  return names.filter((action) => but[action] === undefined);
}

const isMeant = (
  { action, access, types: own, keys }: ServiceAction,
  { types, named, key, access: levels = CHANGES }: Selection,
): boolean =>
  access.some((one) => levels.includes(one)) &&
  (named === undefined || named.test(action)) &&
  (types === undefined
    ? key === undefined || keys.includes(key)
    : own.some((one) => types.includes(one.name) && (key === undefined || one.keys.includes(key))));
