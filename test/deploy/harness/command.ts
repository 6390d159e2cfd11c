import { send } from '../api-gateway/client';
import type { Identity } from './aws';
import { environment } from './environment';
import { regionOf } from './region';

/** Who runs a command, and where. */
export interface CommandPlace {
  /** The emulator. */
  readonly endpoint: string;
  readonly region: string;
  /** @default - the account's root */
  readonly identity?: Identity;
  /** The port of the simulated API Gateway, for requests to an API. */
  readonly port?: number;
  /** A key or token that these requests may have; without one, theirs isn't sent. */
  readonly apiKey?: string;
}

/** Runs a command in this process with the emulator as AWS, and returns what it prints on standard output. */
export async function printedBy(run: () => Promise<number>, place: CommandPlace): Promise<string> {
  const { endpoint, region, identity, port, apiKey } = place;
  const [originalFetch, { log, error }, own] = [globalThis.fetch, console, process.env];
  const lines: string[] = [];
  const notes: string[] = [];
  process.env = {
    ...environment(endpoint, region),
    ...(identity && {
      AWS_ACCESS_KEY_ID: identity.accessKeyId,
      AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
      AWS_SESSION_TOKEN: identity.sessionToken,
    }),
  };
  // Only requests to a deployed API are redirected: the simulated API Gateway meanwhile fetches a function's code.
  globalThis.fetch = (url, init) =>
    port !== undefined && new URL(String(url)).hostname.endsWith(`.${regionOf(region).dnsSuffix}`)
      ? send(new URL(String(url)), init ?? {}, port, { apiKey })
      : originalFetch(url, init);
  console.log = (line: string) => void lines.push(line);
  console.error = (line: string) => void notes.push(line);
  try {
    const code = await run();
    if (code !== 0) throw new Error(`the command ended with ${code}: ${notes.join('\n')}`);
    return lines.join('\n');
  } finally {
    globalThis.fetch = originalFetch;
    Object.assign(console, { log, error });
    process.env = own;
  }
}
