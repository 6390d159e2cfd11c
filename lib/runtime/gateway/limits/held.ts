import type { GatewayPolicy } from '../../../contract/policies/gateway-policy';
import type { GatewayEnv } from '../request/gateway-env';

/** Somebody whose tokens are counted, and who may be held to limits. */
export interface Held {
  readonly kind: 'project' | 'workspace' | 'member';
  /** The project's or workspace's id. */
  readonly tenant: string;
  /** Of a member, within their workspace. */
  readonly member?: string;
  readonly requestsPerMinute?: number;
  readonly tokensPerDay?: number;
}

/** Who is held for a request, as it is known once it was let in; none when it isn't. */
export type HeldOf = (request: Pick<GatewayEnv['Variables'], 'project' | 'member'>) => readonly Held[] | undefined;

/** A project, by the key of the request. */
export const heldProject: HeldOf = ({ project }) =>
  project && [{ kind: 'project', tenant: project.id, ...project.limits }];

/** A workspace and the member who asks: an answer is counted for both. */
export const heldWorkspace =
  (
    tenant: string,
    { tokensPerMemberPerDay, tokensPerDay, requestsPerMinute }: NonNullable<GatewayPolicy['limits']> = {},
  ): HeldOf =>
  ({ member }) =>
    member && [
      { kind: 'member', tenant, member: member.id, tokensPerDay: tokensPerMemberPerDay },
      { kind: 'workspace', tenant, tokensPerDay, requestsPerMinute },
    ];
