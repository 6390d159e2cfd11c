import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeEventStreamMessage } from '@copilotkit/aimock';
import { echoUpstream } from '@/lib/local/echo/echo';
import type { ConverseRequest } from '@/lib/runtime/gateway/bedrock/bedrock';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import { listen, type Server } from '../runtime/gateway/support/serve';
import { complaintAbout } from '../runtime/gateway/support/strict-bedrock';

export interface StrictUpstream extends Server {
  /** Why it refused calls that the real Bedrock would refuse. */
  readonly complaints: string[];
}

/** A Bedrock on loopback that refuses what the real one would, and otherwise answers as the echo of `serve`. */
export async function strictUpstream(): Promise<StrictUpstream> {
  const complaints: string[] = [];
  const server = await listen((request, response) => void answer(request, response, complaints));
  return { ...server, complaints };
}

async function answer(request: IncomingMessage, response: ServerResponse, complaints: string[]): Promise<void> {
  const [, model = '', operation = ''] = /^\/model\/([^/]+)\/([a-z-]+)$/.exec(request.url ?? '') ?? [];
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString());
  const call = { operation, model: decodeURIComponent(model), body };
  const complaint = complaintAbout(call);
  if (complaint !== undefined) {
    complaints.push(complaint.message);
    response.writeHead(complaint.status, { 'content-type': 'application/json', 'x-amzn-errortype': complaint.type });
    return void response.end(JSON.stringify({ message: complaint.message }));
  }
  // The echo reads nothing of a destination but its model.
  const destination = { modelId: call.model } as Destination;
  if (operation === 'converse-stream') return stream(destination, body, response);
  if (operation === 'converse') return json(response, (await echoUpstream.converse(destination, body)) as object);
  const { body: invoked, inputTokens } = await echoUpstream.invoke(destination, body);
  return json(response, invoked as object, inputTokens && { 'x-amzn-bedrock-input-token-count': `${inputTokens}` });
}

type Destination = Parameters<Upstream['converse']>[0];

async function stream(destination: Destination, body: ConverseRequest, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  for await (const event of await echoUpstream.converseStream(destination, body)) {
    const [[name, payload] = ['', {}]] = Object.entries(event);
    response.write(encodeEventStreamMessage(name, payload));
  }
  response.end();
}

function json(response: ServerResponse, body: object, headers: object | 0 | undefined = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
