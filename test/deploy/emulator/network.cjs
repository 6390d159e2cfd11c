// What a function of the emulator reaches: AWS's hosts lead to the emulator, under their own names, and nothing else leads
// anywhere. The functions that set and check Bedrock write their endpoints out, so no variable could lead them here.
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');

const EMULATOR = { host: '127.0.0.1', port: Number(process.env.GATEWAY_PORT) };
const AWS = /\.amazonaws\.com$/;

function requireAws(host) {
  if (!AWS.test(host)) throw new Error(`the test has no host ${host}; a function of ours called it`);
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
