import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import OpenAI from 'openai';
import { readConfig } from '@/lib/config/load';
import type { WorkspaceRole } from '@/lib/local/local-issuer';
import { type Served, serve } from '@/lib/local/serve';

const { boundary, deployment } = readConfig(
  `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models:
  - id: assistant
    destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant], officeFiles: true, rights: { handOver: { delay: 2d } } }
  - id: office
    edition: enterprise
    retention: 30d
    models: [assistant]
    limits: { windowTokens: 1000 }
    rights: { erasureOfOthers: second-person }
`,
  'residency.yaml',
);

/** `serve` with two workspaces, on a data folder that survives a restart. */
export class ServedWorkspaces {
  /** The data folder. */
  public data = mkdtempSync(path.join(tmpdir(), 'serve-'));
  private served?: Served;

  public async start(): Promise<void> {
    const { data } = this;
    if (deployment === undefined) throw new Error('no deployment');
    this.served = await serve({
      deployment,
      boundary,
      port: 0,
      data,
      upstream: 'echo',
      environment: {},
      record: () => {},
    });
  }

  public async stop(): Promise<void> {
    await this.served?.close();
    this.served = undefined;
  }

  public async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Begins a new data folder. The process must be stopped. */
  public clear(): void {
    rmSync(this.data, { recursive: true });
    this.data = mkdtempSync(path.join(tmpdir(), 'serve-'));
  }

  /** Stops, and deletes the data folder. */
  public async end(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true });
  }

  /** A served workspace. */
  public of(id: string): Served['workspaces'][number] {
    const found = this.served?.workspaces.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no workspace ${id} is served`);
    return found;
  }

  public client(workspace: string, role: WorkspaceRole): OpenAI {
    const { url, tokens } = this.of(workspace);
    return new OpenAI({ baseURL: url, apiKey: tokens[role], maxRetries: 0 });
  }
}
