// Runs the built egress function as Lambda would: in a process of its own, with the global that only Lambda has. The provider's name
// resolves to a public address, which leads to the test's provider, whose certificate is added to those that the function trusts.
import dns from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { Writable } from 'node:stream';
import tls from 'node:tls';

const { BUNDLE, EVENTS, PROVIDER_PORT, TRUSTED } = process.env;
const { connect } = net;
const { createSecureContext } = tls;
const looked = [];
dns.lookup = async (name) => {
  looked.push(name);
  return [{ address: '162.159.140.245', family: 4 }];
};
net.connect = (options) => connect({ ...options, host: '127.0.0.1', port: Number(PROVIDER_PORT) });
tls.createSecureContext = (options) =>
  createSecureContext({ ...options, ca: [...(options?.ca ?? []), readFileSync(TRUSTED, 'utf8')] });
syncBuiltinESMExports();

globalThis.awslambda = { streamifyResponse: (handler) => handler };
const { handler } = await import(BUNDLE);
const written = [];
for (const { event, arn } of JSON.parse(readFileSync(EVENTS, 'utf8'))) {
  let text = '';
  const out = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  await handler(event, out, { invokedFunctionArn: arn });
  written.push(text);
}
process.stdout.write(`WRITTEN ${JSON.stringify({ written, looked })}\n`);
