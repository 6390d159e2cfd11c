import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { encodeEventStreamMessage } from '@copilotkit/aimock';
import { speech } from '../runtime/gateway/support/scripted-bedrock';

/** A permitted host, with its address in the namespace and its port. */
export interface Host {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
}

export const HOSTS: readonly Host[] = [
  { name: 'bedrock-runtime.eu-central-1.amazonaws.com', address: '10.99.0.1', port: 443, tls: true },
  { name: 'eu.api.openai.com', address: '10.99.0.2', port: 443, tls: true },
  { name: 'vllm.internal', address: '10.99.0.3', port: 8000, tls: false },
];

/** A forbidden host: each upstream tries to redirect its client there. */
const FORBIDDEN = 'https://bedrock-runtime.us-east-1.amazonaws.com/elsewhere';

/** Faults of an upstream; `none` stands for a correct answer. */
export const FAULTS = ['none', '429', '503', '307', '301', '400', '403', 'reset', 'cut', 'garbage'] as const;

export interface Upstreams {
  /** Connections that each host accepted. */
  readonly accepted: Map<string, number>;
  fail(fault: (typeof FAULTS)[number]): void;
  close(): void;
}

/** Serves every permitted host in both protocols, with the fault that is set. */
export async function upstreams(key: string, cert: string, hosts: readonly Host[] = HOSTS): Promise<Upstreams> {
  const accepted = new Map<string, number>();
  let fault: (typeof FAULTS)[number] = 'none';
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    reply(request.url ?? '', body, fault, response);
  };
  const servers = await Promise.all(
    hosts.map(async ({ name, address, port, tls }) => {
      const server = tls ? createTlsServer({ key, cert }, answer) : createServer(answer);
      server.on('connection', () => accepted.set(name, (accepted.get(name) ?? 0) + 1));
      await new Promise<void>((resolve) => server.listen(port, address, resolve));
      return server;
    }),
  );
  return {
    accepted,
    fail: (next) => {
      fault = next;
    },
    close: () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function reply(path: string, body: string, fault: (typeof FAULTS)[number], response: ServerResponse): void {
  response.on('error', () => {});
  if (fault === 'reset') return void response.destroy();
  if (fault !== 'none' && fault !== 'cut' && fault !== 'garbage') {
    response
      .writeHead(Number(fault), { location: FORBIDDEN, 'content-type': 'application/json' })
      .end(`{"message":"${FORBIDDEN}"}`);
    return;
  }
  const [type, pieces] = content(path, body);
  response.writeHead(200, { 'content-type': type, location: FORBIDDEN, 'alt-svc': 'h3="us-east-1.example.com:443"' });
  if (fault === 'garbage') return void response.end(`<meta http-equiv="refresh" content="0; url=${FORBIDDEN}">`);
  if (fault === 'cut') return void response.write(pieces[0], () => response.destroy());
  for (const piece of pieces) response.write(piece);
  response.end();
}

function content(path: string, body: string): [type: string, pieces: readonly Buffer[]] {
  const json = (value: unknown): [string, Buffer[]] => ['application/json', [Buffer.from(JSON.stringify(value))]];
  if (path.endsWith('/converse-stream')) {
    const frames = speech('Guten ', 'Tag').map((step) => encodeEventStreamMessage(...(step as [string, object])));
    return ['application/vnd.amazon.eventstream', frames];
  }
  if (path.endsWith('/converse')) {
    const message = { role: 'assistant', content: [{ text: `Guten Tag, see ${FORBIDDEN}` }] };
    const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
    return json({ output: { message }, stopReason: 'end_turn', usage, metrics: { latencyMs: 1 } });
  }
  if (path.endsWith('/invoke')) return json({ embedding: [0.5], inputTextTokenCount: 1 });
  if (path.endsWith('/embeddings')) {
    return json({ data: (JSON.parse(body).input as string[]).map((_, index) => ({ index, embedding: [0.5] })) });
  }
  const chunk = JSON.stringify({ choices: [{ delta: { content: 'Guten Tag' }, finish_reason: 'stop' }] });
  if (JSON.parse(body).stream)
    return ['text/event-stream', [Buffer.from(`data: ${chunk}\n\n`), Buffer.from('data: [DONE]\n\n')]];
  return json({ choices: [{ message: { content: `Guten Tag, see ${FORBIDDEN}` }, finish_reason: 'stop' }] });
}
