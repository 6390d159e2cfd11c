import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EgressPolicy } from '@/lib/contract/policies/egress-policy';
import { listen, type Server } from '../../support/serve';

const ROOT = path.join(__dirname, '../../../../..');
const HOOKS = ['test/netns/trust.cjs', 'test/runtime/gateway/egress/support/redirect.cjs'];

/** What the built function is deployed with. */
export interface Deployed {
  readonly policy: EgressPolicy;
  /** The port of the providers on this machine. */
  readonly providerPort: number;
  /** The certificate of the authority that their hosts are trusted by. */
  readonly authority: string;
  /** The key of each provider. */
  readonly key: string;
}

/** The built egress function behind Lambda's API, in a process of its own, as it is deployed. */
export class DeployedEgress {
  private constructor(
    /** The URL of Lambda's API. */
    public readonly url: string,
    private readonly child: ChildProcess,
    private readonly secrets: Server,
    private readonly folder: string,
  ) {}

  public static async start({ policy, providerPort, authority, key }: Deployed): Promise<DeployedEgress> {
    const folder = mkdtempSync(path.join(tmpdir(), 'deployed-egress-'));
    writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(policy));
    writeFileSync(path.join(folder, 'ca.pem'), authority);
    const secrets = await listen((request, response) =>
      request.resume().on('end', () => response.end(JSON.stringify({ VersionId: 'v1', SecretString: key }))),
    );
    const hooks = HOOKS.flatMap((hook) => ['--require', path.join(ROOT, hook)]);
    const child = spawn(
      process.execPath,
      [...hooks, '--import', 'tsx', path.join(ROOT, 'test/netns/egress-process.ts')],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          AWS_REGION: 'eu-central-1',
          AWS_ACCESS_KEY_ID: 'AKIDTEST',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
          BUNDLE: path.join(ROOT, 'dist/bundles/egress/index.mjs'),
          LAMBDA_TASK_ROOT: folder,
          PROVIDER_PORT: `${providerPort}`,
          TRUSTED: path.join(folder, 'ca.pem'),
        },
      },
    );
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the egress function ended with code ${code} before it listened`)));
      child.stdout.on('data', (text: Buffer) => {
        const found = /^URL (\S+)$/m.exec(text.toString())?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    return new DeployedEgress(url, child, secrets, folder);
  }

  public async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
    await this.secrets.close();
    rmSync(this.folder, { recursive: true });
  }
}
