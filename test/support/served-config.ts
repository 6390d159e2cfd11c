import { readConfig } from '@/lib/config/load';
import { type Served, serve } from '@/lib/local/serve';

/** A configuration with the models `assistant` and `vectors`, and the given workspaces and projects, as YAML. */
const configOf = (tenants: string): string => `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models:
  - id: assistant
    destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }]
  - id: vectors
    destinations: [{ bedrock: amazon.titan-embed-text-v2:0 }]
${tenants}`;

/** Serves tenants on a data folder, with a model that repeats what it is sent. */
export async function serveTenants(
  tenants: string,
  data: string,
  record: (...records: readonly unknown[]) => void = () => {},
): Promise<Served> {
  const { boundary, deployment } = readConfig(configOf(tenants), 'residency.yaml');
  if (deployment === undefined) throw new Error('the configuration has no deployment');
  return serve({ deployment, boundary, port: 0, data, upstream: 'echo', environment: {}, record });
}
