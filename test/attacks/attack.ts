import type { MemberLimits } from '@/lib/contract/policies/gateway-policy';
import type { Sent, Target, TargetName } from './target';
import type { World } from './world';

/**
 * One attack: a request that must be refused, or steps that end with what went wrong. `verdict.ts` adds what no request may ever do,
 * so a row states only what is its own.
 */
export type Attack = RequestAttack | Scenario;

export interface RequestAttack {
  readonly name: string;
  /** @default - both */
  readonly on?: TargetName;
  readonly request: Sent | ((world: World, target: Target) => Sent);
  /**
   * Statuses of answers other than a refusal that are right.
   *
   * @default - none
   */
  readonly may?: readonly number[];
  /**
   * The codes of the refusals that are right.
   *
   * @default - any, except `content_erased`
   */
  readonly codes?: readonly string[];
  /**
   * The statuses of the refusals that are right, where they have no code: those of SCIM.
   *
   * @default - any
   */
  readonly refusals?: readonly number[];
  /**
   * Whether the request may change what is stored for the attacked member.
   *
   * @default false
   */
  readonly mayChange?: boolean;
}

export interface Scenario {
  readonly name: string;
  /** @default - both */
  readonly on?: TargetName;
  /** @returns what went wrong */
  readonly run: (world: World, target: Target) => Promise<readonly string[]>;
}

/** A table of attacks on `serve` and on the bundles. */
export interface AttackTable {
  /** The class of attacks. */
  readonly title: string;
  readonly attacks: readonly Attack[];
  /** @default - both */
  readonly on?: TargetName;
  /**
   * Whether the table needs a deployment of its own, because it leaves another one behind.
   *
   * @default false
   */
  readonly isAlone?: boolean;
  /**
   * Limits of the workspace's members.
   *
   * @default - none
   */
  readonly limits?: MemberLimits;
}

/** A table of attacks on something else than a deployment, such as the output of a command. */
export interface OtherTable {
  readonly title: string;
  readonly attacks: readonly { readonly name: string; readonly run: () => Promise<readonly string[]> }[];
}
