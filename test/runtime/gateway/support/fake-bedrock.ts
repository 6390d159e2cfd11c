import { Readable } from 'node:stream';
import { encodeEventStreamMessage, LLMock } from '@copilotkit/aimock';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Bedrock } from '@/lib/runtime/gateway/bedrock/bedrock';
import { completion, spoken } from './chat-bedrock';
import { speech } from './scripted-bedrock';
import { complaintAbout } from './strict-bedrock';
import { CHAT_PATH, complaintAboutChat } from './strict-chat';

type Handler = Pick<NodeHttpHandler, 'handle'>;
type HttpRequest = Parameters<NodeHttpHandler['handle']>[0];

/** A call that left the gateway, as the AWS SDK put it on the wire. */
export interface Call {
  readonly host: string;
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was sent
  readonly body: any;
}

const CREDENTIALS = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' };

/** Two local Bedrocks, one for each source Region of the policies, and a record of what the SDK sent. */
export class FakeBedrock {
  public readonly calls: Call[] = [];
  public readonly frankfurt = new LLMock({ port: 0, logLevel: 'silent' });
  public readonly stockholm = new LLMock({ port: 0, logLevel: 'silent' });
  private readonly http = new NodeHttpHandler({ connectionTimeout: 1_000 });

  public async start(): Promise<this> {
    await Promise.all([this.frankfurt.start(), this.stockholm.start()]);
    return this;
  }

  public async stop(): Promise<void> {
    this.http.destroy();
    await Promise.all([this.frankfurt.stop(), this.stockholm.stop()]);
  }

  /** Forgets answers and calls. */
  public reset(): void {
    this.calls.length = 0;
    for (const region of [this.frankfurt, this.stockholm]) {
      region.clearFixtures();
      region.clearRequests();
    }
  }

  /** Every request that either of them received. */
  public get received(): number {
    return this.frankfurt.getRequests().length + this.stockholm.getRequests().length;
  }

  /** The gateway's own client, pointed here. */
  public client(): Bedrock {
    return new Bedrock({
      endpoints: new Map([
        ['eu-central-1', this.frankfurt.url],
        ['eu-north-1', this.stockholm.url],
      ]),
      credentials: CREDENTIALS,
      requestHandler: recording(this.http, this.calls),
    });
  }
}

/** The gateway's client with the real endpoints and no network: each host answers as it is told to. */
export function scriptedBedrock(
  endpoints: ReadonlyMap<string, string>,
  answer: (host: string, attempt: number) => { status: number; body: string; type?: string } | Error,
  attemptTimeoutMs?: number,
): { bedrock: Bedrock; calls: Call[] } {
  const calls: Call[] = [];
  const script: Handler = {
    handle: async (request) => {
      const result = answer(request.hostname, calls.length - 1);
      if (result instanceof Error) throw result;
      const { status, body } = result.status === 200 ? (refusalOf(calls.at(-1)) ?? result) : result;
      const type = result.type !== undefined && { 'x-amzn-errortype': result.type };
      const headers = { 'content-type': 'application/json', location: ELSEWHERE, ...type };
      return {
        response: {
          statusCode: status,
          headers,
          body: body === ANSWER.body ? answerTo(request.path, calls.at(-1)?.body.stream === true) : Buffer.from(body),
        },
      };
    },
  };
  const requestHandler = recording(script, calls);
  return { bedrock: new Bedrock({ endpoints, credentials: CREDENTIALS, requestHandler, attemptTimeoutMs }), calls };
}

/** The answer to a call that the real Bedrock would refuse. */
function refusalOf(call: Call | undefined): { status: number; body: string } | undefined {
  if (call?.path === CHAT_PATH)
    return complaintAboutChat(call.body) === undefined ? undefined : { status: 400, body: '{}' };
  const [, model = '', operation = ''] = /^\/model\/(.+)\/([a-z-]+)$/.exec(call?.path ?? '') ?? [];
  const complaint = complaintAbout({ model, operation, body: call?.body });
  return complaint && { status: complaint.status, body: JSON.stringify({ __type: complaint.type }) };
}

/** The target of a redirect, which must never be followed. */
const ELSEWHERE = 'https://bedrock-runtime.us-east-1.amazonaws.com/model/x/converse';

function answerTo(path: string, streams: boolean): Buffer | Readable {
  if (path === CHAT_PATH && streams) {
    return Readable.from(
      spoken('Guten ', 'Tag').map((one) =>
        Buffer.from(`data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`),
      ),
    );
  }
  if (path === CHAT_PATH) return Buffer.from(JSON.stringify(completion('Guten Tag')));
  if (path.endsWith('/converse-stream')) {
    return Readable.from(
      speech('Guten ', 'Tag').map((step) => encodeEventStreamMessage(...(step as [string, object]))),
    );
  }
  return Buffer.from(
    path.endsWith('/invoke') ? JSON.stringify({ embedding: [0.5], inputTextTokenCount: 1 }) : ANSWER.body,
  );
}

/** What Bedrock says when all is well. */
export const ANSWER = {
  status: 200,
  body: JSON.stringify({
    output: { message: { role: 'assistant', content: [{ text: 'Guten Tag' }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    metrics: { latencyMs: 1 },
  }),
};

function recording(handler: Handler, calls: Call[]) {
  return {
    handle: (request: HttpRequest, options?: Parameters<Handler['handle']>[1]) => {
      calls.push({
        host: request.hostname,
        path: decodeURIComponent(request.path),
        body: JSON.parse(request.body),
      });
      return handler.handle(request, options);
    },
  } as unknown as NodeHttpHandler;
}
