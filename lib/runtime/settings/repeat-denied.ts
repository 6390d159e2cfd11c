import { failureOf } from './region-failure';

/** The part of an SDK's client in use. */
interface Repeatable {
  readonly middlewareStack: {
    add(middleware: (next: Next) => Next, options: { readonly step: 'initialize'; readonly name: string }): void;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own types differ by client, and nothing here reads a request
type Next = (args: any) => Promise<any>;

/**
 * Makes a client repeat a denied call: permissions that a deployment has just given take some seconds to apply.
 *
 * @param delayMs the wait before a call is repeated
 * @param attempts the most attempts
 * @returns the same client
 */
export function repeatDenied<Client extends Repeatable>(
  client: Client,
  region: string,
  delayMs = 5_000,
  attempts = 4,
): Client {
  const repeating =
    (next: Next): Next =>
    async (args) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await next(args);
        } catch (error) {
          if (attempt >= attempts || failureOf(error, region) !== 'denied') throw error;
          await new Promise((resolve) => setTimeout(resolve, delayMs));
        }
      }
    };
  client.middlewareStack.add(repeating, { step: 'initialize', name: 'repeatDenied' });
  return client;
}
