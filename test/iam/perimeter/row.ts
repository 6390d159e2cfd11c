import type { Context } from '../calls/row';
import type { AccountName, PrincipalName, Via } from './principals';
import type { PerimeterSet } from './sets';
import type { Trap } from './traps';

/** What a policy must decide; `either` if both are right, because another policy decides. */
export type Expected = 'allowed' | 'denied' | 'either';

/** A request, and what a perimeter must decide on it. */
export interface Row {
  /** What the request does, as a person would say it. */
  readonly name: string;
  /** The gap that it tries, or what must stay possible. */
  readonly trap: Trap;
  readonly action: string;
  /** An ARN with `{partition}`, `{region}` and `{account}`; without it, samples of every type that the action is on. */
  readonly on?: string;
  /** Whether AWS's service reference doesn't list the form of the ARN. */
  readonly isUnlisted?: true;
  /** The Region of the request; by default one inside the boundary. */
  readonly region?: string;
  /** By default, an administrator. */
  readonly as?: PrincipalName;
  /** The account of the resource; by default the first one. */
  readonly owner?: AccountName;
  /** By default, the internet. */
  readonly via?: Via;
  /** Condition keys of the request, in addition to those of its sender, its way and its Region. Values may contain `{primary}`. */
  readonly context?: Context;
  /** Whether its keys are those of many kinds of requests. A request lacks the keys that AWS's service reference doesn't list for it. */
  readonly isGeneral?: true;
  /** The sets that it is asked of; by default all. */
  readonly in?: (set: PerimeterSet) => boolean;
  /** By service and resource control policies. */
  readonly organization: Expected;
  /** By the permissions boundary alone, as in an account without an organization. */
  readonly boundary: Expected;
}

/** A row without a verdict. The boundary decides as the organization, unless the row says otherwise. */
export type Request = Omit<Row, 'trap' | 'organization' | 'boundary'> & { readonly boundary?: Expected };

/** Requests that a trap makes and that must be denied. */
export const denied = (trap: Trap, ...requests: readonly Request[]): Row[] =>
  requests.map((one) => ({ boundary: 'denied', ...one, trap, organization: 'denied' }));

/** Requests that must stay possible. A permissions boundary allows only what deployments need, so a row says if this is. */
export const allowed = (trap: Trap, ...requests: readonly Request[]): Row[] =>
  requests.map((one) => ({ boundary: 'either', ...one, trap, organization: 'allowed' }));

export const inAws = ({ scope }: PerimeterSet): boolean => scope.partition === 'aws';
export const withEgress = ({ scope }: PerimeterSet): boolean => scope.hasEgress;
export const withoutEgress = ({ scope }: PerimeterSet): boolean => !scope.hasEgress;
