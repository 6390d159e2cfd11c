import type { ResidencyFile } from '../schema/schema';

type Written = NonNullable<NonNullable<ResidencyFile['workspaces']>[number]['keys']>;

/** How the members of a workspace use API keys. */
export interface MemberKeysConfig {
  /** A key works only if its member has signed in within these days. */
  readonly signInWithinDays: number;
}

/** Converts what the schema accepts: a period is `30d`, which is also the default. */
export const readMemberKeys = ({ signInWithin = '30d' }: Written): MemberKeysConfig => ({
  signInWithinDays: Number.parseInt(signInWithin, 10),
});
