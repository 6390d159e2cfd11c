// The network of a function that the emulator runs: requests to AWS's hosts go to the emulator with their own host names, and all
// other requests fail. The functions that set and check Bedrock have fixed endpoints, so no variable could redirect them.
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');

const EMULATOR = { host: '127.0.0.1', port: Number(process.env.GATEWAY_PORT) };

function requireAws(host) {
  if (!host.endsWith(`.${process.env.DEPLOY_TEST_DNS_SUFFIX}`))
    throw new Error(`one of our functions called ${host}, which isn't a host of this test`);
}

https.request = (options, callback) => {
  const host = options.hostname ?? options.host;
  requireAws(host);
  const headers = { ...options.headers, host };
  return http.request(
    { ...EMULATOR, method: options.method, path: options.path, headers, timeout: options.timeout },
    callback,
  );
};

const send = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(input);
  requireAws(url.hostname);
  return send(new URL(`${url.pathname}${url.search}`, `http://${EMULATOR.host}:${EMULATOR.port}`), init);
};

syncBuiltinESMExports();

// Lambda's own global, which a bundle reads when it is loaded. The emulator calls no function whose answer is streamed.
globalThis.awslambda = { streamifyResponse: (handler) => handler };
