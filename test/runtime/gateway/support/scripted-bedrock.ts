import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeEventStreamFrame, encodeEventStreamMessage } from '@copilotkit/aimock';
import { Bedrock, type BedrockOptions } from '@/lib/runtime/gateway/bedrock/bedrock';
import { listen } from './serve';
import { complaintAbout } from './strict-bedrock';

/** A call as it came over the wire. */
export interface WireCall {
  readonly operation: 'converse' | 'converse-stream' | 'invoke';
  readonly model: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was sent
  readonly body: any;
}

/** One thing that a stream does: send an event, fail, wait for something, or break off. */
export type Step =
  | readonly [event: string, payload: object]
  | { readonly exception: string }
  | { readonly wait: Promise<unknown> }
  | 'cut';

export type Reply =
  | { readonly json: unknown; readonly headers?: Record<string, string> }
  | { readonly steps: readonly Step[] }
  | { readonly status: number; readonly error: string };

/** A Bedrock that speaks the real protocol, refuses what the real one would, and otherwise does what a test says, step by step. */
export class ScriptedBedrock {
  public readonly calls: WireCall[] = [];
  /** Why it refused calls that the real Bedrock would refuse; a test in which the gateway sends none finds this empty. */
  public readonly complaints: string[] = [];
  /** Kept when the gateway closes a connection before its answer was sent. */
  public readonly dropped: Promise<void>;
  private drop: () => void = () => {};
  private script: (call: WireCall) => Reply = () => ({ status: 500, error: 'InternalServerException' });
  private server: Awaited<ReturnType<typeof listen>> | undefined;

  /**
   * @param today the day by which models have ended; by default none has
   */
  constructor(private readonly today?: string) {
    this.dropped = new Promise((resolve) => {
      this.drop = resolve;
    });
  }

  public async start(): Promise<this> {
    this.server = await listen((request, response) => void this.answer(request, response));
    return this;
  }

  public stop(): Promise<void> | undefined {
    return this.server?.close();
  }

  public get url(): string {
    return this.server?.url ?? '';
  }

  public replies(script: (call: WireCall) => Reply): void {
    this.calls.length = 0;
    this.complaints.length = 0;
    this.script = script;
  }

  /** The gateway's own client, pointed here for every Region. */
  public client(options: Partial<BedrockOptions> = {}): Bedrock {
    return new Bedrock({
      endpoints: new Map(['eu-central-1', 'eu-north-1', 'eu-west-1'].map((region) => [region, this.url])),
      credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
      ...options,
    });
  }

  /** The ID of the call that was received last, in the form of Bedrock's. */
  private requestId(): string {
    return `00000000-0000-4000-8000-${`${this.calls.length}`.padStart(12, '0')}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.once('close', () => {
      if (!response.writableEnded) this.drop();
    });
    const [, model = '', operation] = /^\/model\/([^/]+)\/([a-z-]+)$/.exec(request.url ?? '') ?? [];
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = {
      operation: operation as WireCall['operation'],
      model: decodeURIComponent(model),
      body: JSON.parse(Buffer.concat(chunks).toString()),
    };
    this.calls.push(call);
    const complaint = complaintAbout(call, this.today);
    const reply: Reply = complaint ? { status: complaint.status, error: complaint.type } : this.script(call);
    if (complaint) this.complaints.push(complaint.message);
    if ('json' in reply) {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-amzn-requestid': this.requestId(),
        ...reply.headers,
      });
      response.end(JSON.stringify(reply.json));
    } else if ('steps' in reply) {
      await play(response, reply.steps, this.requestId());
    } else {
      response.writeHead(reply.status, {
        'x-amzn-errortype': reply.error,
        'content-type': 'application/json',
        'x-amzn-requestid': this.requestId(),
      });
      response.end(JSON.stringify({ message: 'UPSTREAM-CANARY' }));
    }
  }
}

async function play(response: ServerResponse, steps: readonly Step[], requestId: string): Promise<void> {
  response.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-requestid': requestId,
  });
  response.flushHeaders();
  for (const step of steps) {
    if (step === 'cut') return void response.destroy();
    if ('wait' in step) await step.wait;
    else await written(response, 'exception' in step ? exception(step.exception) : encodeEventStreamMessage(...step));
  }
  response.end();
}

/** What was written is on its way, so that breaking off doesn't take it back. */
const written = (response: ServerResponse, frame: Buffer) =>
  new Promise<void>((resolve) => response.write(frame, () => resolve()));

const exception = (type: string) =>
  encodeEventStreamFrame(
    { ':message-type': 'exception', ':exception-type': type, ':content-type': 'application/json' },
    Buffer.from(JSON.stringify({ message: 'UPSTREAM-CANARY' })),
  );

/** The events of a stream that says some texts, and stops. */
export function speech(...texts: readonly string[]): Step[] {
  return [
    ['messageStart', { role: 'assistant' }],
    ...texts.map((text): Step => ['contentBlockDelta', { contentBlockIndex: 0, delta: { text } }]),
    ['contentBlockStop', { contentBlockIndex: 0 }],
    ...stop('end_turn'),
  ];
}

/** The events with which a stream stops. */
export function stop(stopReason: string): Step[] {
  const usage = { inputTokens: 7, outputTokens: 10, totalTokens: 17, cacheReadInputTokens: 3 };
  return [
    ['messageStop', { stopReason }],
    ['metadata', { usage, metrics: { latencyMs: 1 } }],
  ];
}
