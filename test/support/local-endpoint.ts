import type { LocalAws } from '@/lib/local/aws/local-aws';
import { listen, type Server } from '../runtime/gateway/support/serve';

/** Local stores on loopback, for a process of its own that takes an endpoint. */
export const localEndpoint = (aws: LocalAws): Promise<Server> => {
  const handlers = { dynamodb: aws.dynamodb(), kms: aws.kms(), s3: aws.s3() };
  return listen(async (incoming, outgoing) => {
    const body: Buffer[] = [];
    for await (const chunk of incoming) body.push(chunk);
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const name = target.startsWith('DynamoDB') ? 'dynamodb' : target.startsWith('Trent') ? 'kms' : 's3';
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const request = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: incoming.headers,
      body: Buffer.concat(body),
    };
    const { response } = await handlers[name].config.requestHandler.handle(request as never);
    outgoing.writeHead(response.statusCode, response.headers);
    if (response.body instanceof Uint8Array) outgoing.end(response.body);
    else response.body.pipe(outgoing);
  });
};
