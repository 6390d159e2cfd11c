/** The process of the built egress function, behind Lambda's API. It prints the API's URL. */
import { pathToFileURL } from 'node:url';
import type { Egress } from '@/lib/runtime/egress/egress';
import { FakeLambda } from '../runtime/gateway/egress/support/fake-lambda';

async function main(): Promise<void> {
  Object.assign(globalThis, { awslambda: { streamifyResponse: (handler: unknown) => handler } });
  const lambda = new FakeLambda();
  const bundle: { handler: Egress } = await import(pathToFileURL(process.env.BUNDLE ?? '').href);
  lambda.egress = bundle.handler;
  await lambda.start();
  process.stdout.write(`URL ${lambda.url}\n`);
}

void main();
