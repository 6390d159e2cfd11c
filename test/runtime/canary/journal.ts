import { request as send } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { listen, type Server } from '../gateway/support/serve';

/** A proxy for a store that records every request. */
export class Journal {
  public text = '';
  private server: Server | undefined;

  constructor(private readonly target: () => string) {}

  public get url(): string {
    return this.server?.url ?? '';
  }

  public async start(): Promise<void> {
    this.server = await listen(async (incoming, outgoing) => {
      const { method, headers, url = '' } = incoming;
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      this.text += `${method} ${url}\n${JSON.stringify(headers)}\n${body.toString('latin1')}\n`;
      const forwarded = send(new URL(url, this.target()), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
        void pipeline(answer, outgoing).catch(() => {});
      });
      forwarded.once('error', () => outgoing.destroy());
      forwarded.end(body);
    });
  }

  public stop(): Promise<void> | undefined {
    return this.server?.close();
  }
}
