import type { OpenProjectsConfig } from '../config/model/config';
import { basePathOf } from '../contract/base-path';
import type { AdmittedPolicy } from '../runtime/gateway/policy/admitted-policy';
import { DynamoDbProjectStore } from '../runtime/projects/dynamodb-project-store';
import { PROJECTS_PATH, projectsApi } from '../runtime/projects/projects-api';
import type { LocalContents } from './local-contents';
import type { LocalKeys } from './local-keys';
import type { Fetch } from './node-adapter';
import { requireSignature } from './require-signature';
import type { ServeOptions } from './serve-options';

/** What the API of open projects needs of `serve`. */
export interface ProjectsParts {
  readonly options: ServeOptions;
  readonly open: OpenProjectsConfig;
  readonly keys: LocalKeys;
  readonly contents: LocalContents;
}

/**
 * Serves the API of open projects in front of their gateway, by the same paths as a deployment. The answer that creates a project also has
 * its development key, because no command makes keys here.
 */
export function mountProjects(gateway: Fetch, policy: AdmittedPolicy, parts: ProjectsParts): Fetch {
  const { options, open, keys, contents } = parts;
  const { projects, workspaces } = options.deployment;
  const api = projectsApi({
    policy: { ...policy, tenant: { kind: 'project', ids: [] } },
    open: {
      boundary: policy.boundary.name,
      models: open.models,
      limits: open.limits,
      maximum: open.maximum,
      declared: [...projects, ...workspaces].map(({ id }) => id),
    },
    store: new DynamoDbProjectStore(contents.openProjects()),
    record: options.record,
    middleware: [requireSignature(keys.operator(), basePathOf(policy.tenant))],
    created: (id) => ({ development_key: keys.openProjectKey(id) }),
  });
  return (request) => {
    const { pathname } = new URL(request.url);
    const isForApi = pathname === PROJECTS_PATH || pathname.startsWith(`${PROJECTS_PATH}/`);
    return isForApi ? api.fetch(request) : gateway(request);
  };
}
