import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { encodeEventStreamMessage } from '@copilotkit/aimock';
import { listen, type Server } from '../../runtime/gateway/support/serve';

/** How an answer is sent: its beginning, the rest once so many answers are open, and a pause after each numbered piece. */
export interface Tempo {
  readonly together: number;
  readonly pieces: number;
  readonly pauseMs: number;
}

/** An upstream in both protocols whose answers are open at the same time. */
export class SlowUpstream extends EventEmitter {
  private open = 0;
  private server: Server | undefined;

  constructor(private readonly tempo: Tempo) {
    super();
    this.setMaxListeners(0);
  }

  public get url(): string {
    return this.server?.url ?? '';
  }

  public async start(): Promise<this> {
    this.server = await listen(async (request, response) => {
      request.resume();
      const [type, start, first, ...frames] = request.url?.endsWith('/converse-stream')
        ? this.bedrock()
        : this.openAi();
      // Every answer needs a connection of its own, and none is closed while a call begins to reuse it.
      response.writeHead(200, { 'content-type': type, connection: 'close' });
      response.write(start);
      response.write(first);
      this.open += 1;
      if (this.open === this.tempo.together) this.emit('together');
      else await once(this, 'together');
      for (const frame of frames) {
        response.write(frame);
        await wait(this.tempo.pauseMs);
      }
      response.end();
      this.open -= 1;
    });
    return this;
  }

  public stop(): Promise<void> | undefined {
    return this.server?.close();
  }

  /** The answer's text, which every client must receive. */
  public get text(): string {
    return this.texts.join('');
  }

  private get texts(): string[] {
    return Array.from({ length: this.tempo.pieces }, (_, n) => `${n} `);
  }

  private bedrock(): [string, ...Buffer[]] {
    const usage = { inputTokens: 7, outputTokens: 10, totalTokens: 17 };
    return [
      'application/vnd.amazon.eventstream',
      encodeEventStreamMessage('messageStart', { role: 'assistant' }),
      ...this.texts.map((text) =>
        encodeEventStreamMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }),
      ),
      Buffer.concat([
        encodeEventStreamMessage('contentBlockStop', { contentBlockIndex: 0 }),
        encodeEventStreamMessage('messageStop', { stopReason: 'end_turn' }),
        encodeEventStreamMessage('metadata', { usage, metrics: { latencyMs: 1 } }),
      ]),
    ];
  }

  private openAi(): [string, ...string[]] {
    const line = (delta: object, finish_reason: string | null = null) =>
      `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
    return [
      'text/event-stream',
      line({ role: 'assistant', content: '' }),
      ...this.texts.map((content) => line({ content })),
      `${line({}, 'stop')}data: [DONE]\n\n`,
    ];
  }
}
