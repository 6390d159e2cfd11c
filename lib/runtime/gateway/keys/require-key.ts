import type { MiddlewareHandler } from 'hono';
import { UNAUTHENTICATED } from '../../../contract/metrics';
import { OPEN_PROJECTS } from '../../../contract/tenant';
import { type AdmittedProject, admitProject } from '../open/admit-project';
import type { OpenProject, OpenProjectRegistry } from '../open/open-project';
import { type AdmittedPolicy, policyOf } from '../policy/admitted-policy';
import type { GatewayEnv, ProjectKeyUse } from '../policy/gateway-env';
import { findKey, unavailable } from './find-key';
import { givenKey, unauthorized } from './given-key';
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
    const key = givenKey((text) => idOf(text, kind) !== undefined, c.req);
    const id = idOf(key, kind);
    if (id === undefined) throw refused();
    const time = c.get('time');
    let record = await findKey(registry, id);
    let isRight = isKeyOf(record, key, time);
    if (!isRight && record !== undefined) {
      // The cached record may be older than the secret.
      record = await findKey(registry, id, true);
      isRight = isKeyOf(record, key, time);
    }
    if (!isRight || record === undefined || !isActive(record, time)) throw refused();
    const admitted = record.open ? await open?.(record.project) : declared.get(record.project);
    if (admitted === undefined) throw refused();
    const { project } = admitted;
    log.tenant = project.id;
    if (record.open) log.metricTenant = OPEN_PROJECTS;
    c.set('project', project);
    c.set('projectKey', usedKey(record));
    c.set('policy', admitted.policy);
    await next();
  };
}

/** As long as the command makes them. A row couldn't have a longer one as its name, and its count would be repeated for ever. */
const LONGEST_LABEL = 200;

/** What is counted apart for a key. */
const usedKey = ({ id, label, countsLabel, tokensPerMonth, usdPerMonth }: KeyRecord): ProjectKeyUse => ({
  id,
  ...(countsLabel && label !== undefined && label.length <= LONGEST_LABEL && { label }),
  tokensPerMonth,
  usdPerMonth,
});

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

/** One text for every invalid key, so that it reveals nothing about the key. */
const refused = () =>
  unauthorized(
    "the API key is not valid here: it doesn't exist, has expired or was revoked; ask the operator for another, which " +
      "'eu-residency keys create' makes",
  );
