import { serveTenants } from '../support/served-config';
import { recordedRoutes } from './routes';

/** What a process says when it listens. */
export interface Ready {
  readonly routes: readonly string[];
  readonly workspace: { readonly url: string; readonly tokens: Readonly<Record<string, string>> };
  readonly project: { readonly url: string; readonly key: string };
}

/** What a process used: bytes at its peak, and milliseconds of processor time since the request began. */
export interface Used {
  readonly bytes: number;
  readonly ms: number;
}

const TENANTS = `workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant, vectors], keys: {}, background: {} }
projects:
  - { id: batch, models: [assistant, vectors] }
`;

/** Serves a data folder until its parent ends it. */
async function main(): Promise<void> {
  const routes = recordedRoutes();
  const served = await serveTenants(TENANTS, process.argv[2] ?? '');
  let before = process.cpuUsage();
  process.on('message', (message) => {
    if (message === 'begin') {
      before = process.cpuUsage();
      process.send?.('begun');
      return;
    }
    const { user, system } = process.cpuUsage(before);
    // In kibibytes, says Node.
    process.send?.({ bytes: process.resourceUsage().maxRSS * 1_024, ms: (user + system) / 1_000 } satisfies Used);
  });
  process.once('disconnect', () => process.exit(0));
  const [workspace] = served.workspaces;
  const [project] = served.projects;
  process.send?.({ routes: [...routes].sort(), workspace, project });
}

void main();
