import { type Context, Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import { adminPath } from '../../contract/admin-path';
import { MEMBER_ROLES, type MemberRole } from '../../contract/roles';
import { answerError, type RecordingOptions, recording } from '../http/handler/recording';
import type { FetchHandler, RequestEnv } from '../http/handler/request-env';
import { parseRequest } from '../http/parse-request';
import { readJson } from '../http/read-json';
import type { Suspension } from '../workspace/identity/suspension';
import type { MemberAct } from './acts';
import { ApiError } from './api-error';
import {
  type FirstSecret,
  type ListedMember,
  ManagedElsewhere,
  type MemberList,
  type SessionControl,
  UnknownCursor,
} from './member-list';
import type { MembershipLedger } from './membership-ledger';
import type { SuspensionLedger } from './suspension-ledger';

/** What the administration of a workspace's members needs. */
export interface MemberAdminOptions extends RecordingOptions {
  readonly members: MemberList;
  readonly suspensions: SuspensionLedger;
  readonly memberships: MembershipLedger;
  readonly sessions: SessionControl;
  /** Admits administrators of the workspace only. It runs before every route. */
  readonly middleware: readonly MiddlewareHandler<RequestEnv>[];
}

const PATH = adminPath('members');

const roles = z.array(z.enum(MEMBER_ROLES)).check(z.minLength(1), z.maxLength(MEMBER_ROLES.length));
const newMember = z.strictObject({
  name: z.string().check(z.regex(/^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,127}$/u)),
  roles,
});
const newRoles = z.strictObject({ roles });

const MOST_IN_PAGE = 60;

/** The API by which an administrator manages the members of a workspace. It gives no access to content. */
export function memberAdmin(options: MemberAdminOptions): FetchHandler {
  const app = new Hono<RequestEnv>();
  app.use(recording(options));
  for (const one of options.middleware) app.use(one);
  const parts = adminParts(options);
  addMemberRoutes(app, parts);
  addSuspensionRoutes(app, parts);
  app.notFound((c) => answerError(c, nothingThere()));
  app.onError((error, c) => answerError(c, toApiError(error)));
  return { fetch: (request) => app.fetch(request) };
}

/** What the routes share. */
function adminParts({ members, suspensions, memberships, sessions, now = () => new Date() }: MemberAdminOptions) {
  return {
    members,
    suspensions,
    sessions,
    now,
    /** Records the roles that an administrator is about to give and to take away. */
    recordRoles: (
      c: Context<RequestEnv>,
      member: string,
      before: readonly MemberRole[],
      after: readonly MemberRole[],
    ) => {
      const given = after.filter((role) => !before.includes(role));
      const taken = before.filter((role) => !after.includes(role));
      return memberships.record({ member, given, taken, by: c.var.member?.id ?? '', at: now() });
    },
    /** The member that a path names. The record contains the ID from the path only if a member has it. */
    memberOf: async (c: Context<RequestEnv>, act: MemberAct): Promise<ListedMember> => {
      begin(c, act);
      const id = c.req.param('id') ?? '';
      const member = /^[\w-]{1,64}$/.test(id) ? await members.find(id) : undefined;
      if (member === undefined) throw notFound();
      c.get('log').about = member.id;
      return member;
    },
    view: async (member: ListedMember) => show(member, await suspensions.of(member.id)),
    /** Ends the member's sessions, so that their next sign-in applies the change. */
    signOut: async (member: ListedMember) => {
      await suspensions.signOut(member.id, now());
      await sessions.signOut(member);
    },
  };
}

type AdminParts = ReturnType<typeof adminParts>;

function begin(c: Context<RequestEnv>, act: MemberAct): void {
  const log = c.get('log');
  log.route = 'members';
  log.act = act;
}

/** The routes that list and show members, and change who is one. */
function addMemberRoutes(app: Hono<RequestEnv>, parts: AdminParts): void {
  const { members, suspensions, now, memberOf, view, signOut, recordRoles } = parts;
  app.get(PATH, async (c) => {
    begin(c, 'member.list');
    const { limit, after } = pageOf(new URL(c.req.url).searchParams);
    const page = await members.page(limit, after);
    const data = await Promise.all(page.members.map(view));
    return c.json({ object: 'list', data, has_more: page.next !== undefined, next: page.next ?? null });
  });
  app.post(PATH, async (c) => {
    begin(c, 'member.add');
    const { name, roles: requested } = parseRequest(newMember, await readJson(c.req.raw), ['name', 'roles']);
    const added = await members.add(name, requested, (id, given) => recordRoles(c, id, [], given));
    if (added === undefined) throw noUserOfName();
    c.get('log').about = added.member.id;
    return c.json({ ...(await view(added.member)), ...reported(added.secret) }, 201);
  });
  app.get(`${PATH}/:id`, async (c) => c.json(await view(await memberOf(c, 'member.show'))));
  app.post(`${PATH}/:id/roles`, async (c) => {
    const member = await memberOf(c, 'member.set-roles');
    const { roles: requested } = parseRequest(newRoles, await readJson(c.req.raw), ['roles']);
    if (!requested.includes('admin')) requireOther(c, member);
    await members.setRoles(member, requested, () => recordRoles(c, member.id, member.roles, requested));
    await signOut(member);
    return c.json(await view({ ...member, roles: inOrder(requested) }));
  });
  app.delete(`${PATH}/:id`, async (c) => {
    const member = await memberOf(c, 'member.remove');
    requireOther(c, member);
    // Signed out before, to take effect even if the removal fails, and after, to cover a sign-in meanwhile.
    await suspensions.signOut(member.id, now());
    await members.remove(member, () => recordRoles(c, member.id, member.roles, []));
    await suspensions.signOut(member.id, now());
    return c.json({ id: member.id, object: 'member.deleted', deleted: true });
  });
}

/** The routes that block members, unblock them and end their sessions. */
function addSuspensionRoutes(app: Hono<RequestEnv>, parts: AdminParts): void {
  const { members, suspensions, sessions, memberOf, view, signOut } = parts;
  app.post(`${PATH}/:id/disable`, async (c) => {
    const member = await memberOf(c, 'member.disable');
    requireOther(c, member);
    // The first step takes effect at once, even if the second fails.
    await suspensions.setDisabled(member.id, true);
    await sessions.disable(member);
    return c.json(await view({ ...member, enabled: false }));
  });
  app.post(`${PATH}/:id/enable`, async (c) => {
    const member = await memberOf(c, 'member.enable');
    await sessions.enable(member);
    await suspensions.setDisabled(member.id, false);
    return c.json(await view((await members.find(member.id)) ?? member));
  });
  app.post(`${PATH}/:id/sign-out`, async (c) => {
    const member = await memberOf(c, 'member.sign-out');
    await signOut(member);
    return c.json(await view(member));
  });
}

function show({ id, name, roles, enabled, invited, created }: ListedMember, { disabled, signedOutAt }: Suspension) {
  return {
    id,
    object: 'member',
    name,
    roles,
    enabled: enabled && !disabled,
    invited,
    created_at: created.toISOString(),
    signed_out_at: signedOutAt === undefined ? null : new Date(signedOutAt * 1_000).toISOString(),
  };
}

const reported = (secret: FirstSecret | undefined) => (secret === undefined ? {} : { [secret.kind]: secret.value });

const inOrder = (roles: ListedMember['roles']) => MEMBER_ROLES.filter((role) => roles.includes(role));

/** The acting administrator keeps the role, so no single act leaves a workspace without one. */
function requireOther(c: Context<RequestEnv>, member: ListedMember): void {
  if (c.var.member?.id !== member.id) return;
  throw new ApiError(
    409,
    'own_membership',
    'administrators can not remove their own access, so that no single act leaves a workspace without one; ask another administrator',
  );
}

function pageOf(query: URLSearchParams): { limit: number; after?: string } {
  const limit = query.get('limit') ?? '20';
  const after = query.get('after') ?? undefined;
  if (!/^[1-9]\d?$/.test(limit) || Number(limit) > MOST_IN_PAGE) {
    throw new ApiError(400, 'invalid_value', `'limit' must be a whole number from 1 to ${MOST_IN_PAGE}`, {
      param: 'limit',
    });
  }
  if (after !== undefined && !/^[\w-]{1,4096}$/.test(after)) throw unknownCursor();
  return { limit: Number(limit), after };
}

const unknownCursor = () =>
  new ApiError(400, 'invalid_value', "'after' must be the 'next' of an earlier page", { param: 'after' });

const notFound = () => new ApiError(404, 'member_not_found', 'no member of this workspace has this id');

const noUserOfName = () =>
  new ApiError(
    404,
    'member_not_found',
    'no user has this name in the user pool, which other workspaces share; ask its operator to add the user, then give them ' +
      'roles here',
  );

const nothingThere = () =>
  new ApiError(
    404,
    'unknown_url',
    'there is nothing at this path; docs/WORKSPACES.md lists the paths for administrators',
  );

/** Transient failures of Cognito. */
const TRANSIENT = ['TooManyRequestsException', 'LimitExceededException', 'InternalErrorException', 'TimeoutError'];

function toApiError(error: Error): Error {
  if (error instanceof ManagedElsewhere) return new ApiError(409, 'managed_elsewhere', error.message);
  if (error instanceof UnknownCursor) return unknownCursor();
  // Another request removed the user in between.
  if (error.name === 'UserNotFoundException') return notFound();
  if (!TRANSIENT.includes(error.name)) return error;
  return new ApiError(503, 'members_unavailable', 'the user pool does not answer at the moment; try again', {
    headers: { 'retry-after': '1' },
    cause: error,
  });
}
