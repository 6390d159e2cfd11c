import { peakOfMemory } from '../support/peak-of-memory.mjs';
import { serveTenants } from '../support/served-config';
import { recordedRoutes } from './routes';

/** What a process says when it listens. */
export interface Ready {
  readonly routes: readonly string[];
  readonly workspace: { readonly url: string; readonly tokens: Readonly<Record<string, string>> };
  readonly project: { readonly url: string; readonly key: string };
  /** The workspace whose users and groups come by SCIM. */
  readonly campus: { readonly url: string; readonly token: string };
  readonly operator: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What a process used: bytes at its peak, and milliseconds of processor time since the request began. */
export interface Used {
  readonly bytes: number;
  readonly ms: number;
}

const TENANTS = `places: [{ host: login.example.eu, country: DE, reason: ours }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant, vectors], keys: {}, background: {} }
  - id: campus
    edition: edu
    retention: 365d
    models: [assistant]
    scim: {}
    identity:
      oidc: { issuer: 'https://login.example.eu', clientId: chat, clientSecretName: chat/secret }
      groups: { member: [chat-users], admin: [chat-admins], auditor: [chat-auditors] }
projects:
  declared: [{ id: batch, models: [assistant, vectors] }]
  open: { models: [assistant], limits: { tokensPerDay: 1000000 }, maximum: 9 }
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
    process.send?.({ bytes: peakOfMemory(), ms: (user + system) / 1_000 } satisfies Used);
  });
  process.once('disconnect', () => process.exit(0));
  const [workspace, { url = '', scimToken: token = '' } = {}] = served.workspaces;
  const [project] = served.projects;
  const campus = { url, token };
  process.send?.({ routes: [...routes].sort(), workspace, project, campus, operator: served.openProjects });
}

void main();
