import { listOf, matches } from './pattern';
import type { Json } from './physical';

const any = (patterns: Json, text: string, ignoreCase = false): boolean =>
  listOf<string>(patterns).some((pattern) => matches(pattern, text, ignoreCase));

/** Whether a statement concerns an action on a resource, whatever its principals and conditions are. */
export const reaches = ({ Action, NotAction, Resource, NotResource }: Json, action: string, on: string): boolean =>
  (NotAction === undefined ? any(Action, action, true) : !any(NotAction, action, true)) &&
  (NotResource === undefined ? on === '*' || any(Resource ?? '*', on) : !any(NotResource, on));

/** The condition keys of a statement. */
export const keysOf = ({ Condition = {} }: Json): string[] =>
  Object.values<Json>(Condition).flatMap((keys) => Object.keys(keys));
