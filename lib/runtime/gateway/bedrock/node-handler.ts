import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connectWithin } from '../../http/connect-within';
import type { EndSignal } from '../../http/deadline';
import { type Post, post } from '../../http/post';
import type { RequestHandler } from './bedrock-client';

const CONNECT_MS = 3_000;

/** A call that waited for a free connection would seem to wait for Bedrock. Each has a client that waits, which limits their number. */
const CONNECTIONS = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };

/** Sends calls to Bedrock over HTTP/1.1. The AWS SDK's own handler takes more processor time. */
export function nodeHandler(): RequestHandler {
  // Regardless of the environment's setting for certificates.
  const httpsAgent = connectWithin(new HttpsAgent({ ...CONNECTIONS, rejectUnauthorized: true }), CONNECT_MS);
  const httpAgent = connectWithin(new HttpAgent(CONNECTIONS), CONNECT_MS);
  const handle = async (request: Omit<Post, 'agent' | 'signal'>, { abortSignal }: { abortSignal: EndSignal }) => {
    const agent = request.protocol === 'https:' ? httpsAgent : httpAgent;
    const body = await post({ ...request, agent, signal: abortSignal });
    return { response: { statusCode: body.statusCode, headers: body.headers, body } };
  };
  return { handle } as unknown as RequestHandler;
}
