import type { MiddlewareHandler } from 'hono';
import { UNAUTHENTICATED } from '../../../contract/metrics';
import { OPEN_PROJECTS } from '../../../contract/tenant';
import { ApiError } from '../errors/api-error';
import { type AdmittedProject, admitProject } from '../open/admit-project';
import type { OpenProject, OpenProjectRegistry } from '../open/open-project';
import { type AdmittedPolicy, policyOf } from '../policy/admitted-policy';
import type { GatewayEnv } from '../policy/gateway-env';
import { idOf, type KeyKind } from './key-form';
import { isActive, type KeyRecord } from './key-record';
import type { KeyRegistry } from './key-registry';
import { isKeyOf } from './secret';

export interface RequireKeyOptions {
  /** The deployment's policy, which is narrowed to that of each project. */
  readonly policy: AdmittedPolicy;
  readonly registry: KeyRegistry;
  /**
   * Where open projects are looked up.
   *
   * @default - there are none
   */
  readonly openProjects?: OpenProjectRegistry;
  /** Keys of the other kind are refused. */
  readonly kind: KeyKind;
}

/** Authenticates requests by the key of a project, before any route, and narrows the policy to that project's models. */
export function requireKey({ policy, registry, openProjects, kind }: RequireKeyOptions): MiddlewareHandler<GatewayEnv> {
  const declared = new Map<string, AdmittedProject>(
    [...policy.projects].map(([id, project]) => [id, { project, policy: policyOf(policy, project) }]),
  );
  const open = openProjects && admittedFrom(policy, openProjects);
  return async (c, next) => {
    const log = c.get('log');
    log.tenant = UNAUTHENTICATED;
    const key = givenKey(kind, c.req.header('authorization'), c.req.header('x-api-key'));
    const id = idOf(key, kind);
    if (id === undefined) throw refused();
    const time = c.get('time');
    let record = await find(registry, id);
    let isRight = isKeyOf(record, key, time);
    if (!isRight && record !== undefined) {
      // The cached record may be older than the secret.
      record = await find(registry, id, true);
      isRight = isKeyOf(record, key, time);
    }
    if (!isRight || record === undefined || !isActive(record, time)) throw refused();
    const admitted = record.open ? await open?.(record.project) : declared.get(record.project);
    if (admitted === undefined) throw refused();
    const { project } = admitted;
    log.tenant = project.id;
    if (record.open) log.metricTenant = OPEN_PROJECTS;
    c.set('project', project);
    c.set('policy', admitted.policy);
    await next();
  };
}

/** Admits an open project once for each row that was read, because a row never changes. */
function admittedFrom(policy: AdmittedPolicy, registry: OpenProjectRegistry) {
  const admitted = new WeakMap<OpenProject, AdmittedProject>();
  return async (id: string): Promise<AdmittedProject | undefined> => {
    const row = await registry.find(id).catch(unavailable);
    const before = row && admitted.get(row);
    if (row === undefined || before !== undefined) return before;
    const project = admitProject(policy, row);
    if (project !== undefined) admitted.set(row, project);
    return project;
  };
}

/**
 * The key of a request. Anthropic's clients send `x-api-key`, and some send both headers. Of two different keys of this gateway, neither is
 * chosen, because they may belong to different projects. A key for another service is ignored.
 */
function givenKey(kind: KeyKind, authorization = '', apiKey = ''): string {
  if (authorization === '' && apiKey === '') {
    throw unauthorized("the request has no API key; send it as 'Authorization: Bearer KEY' or as 'x-api-key: KEY'");
  }
  if (authorization === '') return apiKey;
  const bearer = bearerOf(authorization);
  const isOtherKey = apiKey.split(/[\s,]+/).some((text) => text !== bearer && idOf(text, kind) !== undefined);
  if (!isOtherKey) return bearer;
  throw unauthorized(
    bearer === ''
      ? "the request has a key in 'x-api-key', and an 'Authorization' that isn't 'Bearer KEY'; send only one of them"
      : "the request has two different keys, in 'Authorization' and in 'x-api-key'; send only one of them",
  );
}

/** The scheme's name is case-insensitive (RFC 9110, 11.1). Several headers arrive joined by commas, which no key contains. */
const bearerOf = (header: string): string => /^bearer +(\S+)$/i.exec(header)?.[1] ?? '';

async function find(registry: KeyRegistry, id: string, refresh = false): Promise<KeyRecord | undefined> {
  try {
    return await registry.find(id, refresh);
  } catch (error) {
    return unavailable(error);
  }
}

/** A key that can't be checked isn't accepted, nor is that of a project that can't be read. */
function unavailable(cause: unknown): never {
  throw new ApiError(503, 'keys_unavailable', "API keys can't be checked at the moment; try again", {
    headers: { 'retry-after': '1' },
    cause,
  });
}

/** One text for every invalid key, so that it reveals nothing about the key. */
const refused = () =>
  unauthorized(
    "the API key is not valid here: it doesn't exist, has expired or was revoked; ask the operator for another, which " +
      "'eu-residency keys create' makes",
  );

const unauthorized = (message: string) =>
  new ApiError(401, 'invalid_api_key', message, { headers: { 'www-authenticate': 'Bearer' } });
