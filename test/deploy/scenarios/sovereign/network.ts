import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Preload } from '../../api-gateway/deployed-function';
import { WORK } from '../../harness/folders';
import { SERVER } from '../../harness/sovereign-config';

const MODULE = path.join(__dirname, '../../api-gateway/own-network.cjs');

/** The network of the deployed functions, in which only the emulator and the model's server have an address. */
export class OwnNetwork {
  private readonly dialledFile = path.join(WORK, 'dialled.txt');
  /** The emulator, as the functions dial it. */
  public readonly emulator: string;

  /** @param leadsTo the port of the server on this machine */
  constructor(
    endpoint: string,
    private readonly leadsTo: number,
  ) {
    this.emulator = new URL(endpoint).host;
  }

  public readonly server = `${SERVER.host}:${SERVER.port}`;

  /** The network of every function. */
  public readonly preload = (): Preload => ({
    module: MODULE,
    environment: {
      DEPLOY_TEST_NETWORK: JSON.stringify({
        dialled: this.dialledFile,
        emulator: this.emulator,
        server: { address: this.server, leadsTo: this.leadsTo },
      }),
    },
  });

  /** Every address that a function has dialled. */
  public get dialled(): readonly string[] {
    const lines = existsSync(this.dialledFile) ? readFileSync(this.dialledFile, 'utf8').trim().split('\n') : [];
    return [...new Set(lines)].sort();
  }
}
