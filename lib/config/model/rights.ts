import type { ResidencyFile } from '../schema/schema';

type Written = NonNullable<NonNullable<ResidencyFile['workspaces']>[number]['rights']>;

/** The rules of a workspace for requests that concern another person's content. */
export interface RightsConfig extends Omit<Written, 'handOver'> {
  readonly handOverDays?: number;
}

/** Converts the rules that the schema accepts: a delay is `3d`. */
export const readRights = ({ handOver, ...rights }: Written): RightsConfig => ({
  ...rights,
  ...(handOver?.delay !== undefined && { handOverDays: Number.parseInt(handOver.delay, 10) }),
});
