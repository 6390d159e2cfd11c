// The network of the egress function: each provider's name resolves to a public address, which leads to a server on this machine that has a
// certificate of the test's authority. No other name resolves, and no other address is dialled, except the emulator's own.
const dns = require('node:dns/promises');
const net = require('node:net');
const tls = require('node:tls');
const { syncBuiltinESMExports } = require('node:module');

const { hosts, authority } = JSON.parse(process.env.DEPLOY_TEST_OUTSIDE);
// It isn't one of the function's variables.
delete process.env.DEPLOY_TEST_OUTSIDE;

dns.lookup = async (name) => {
  const found = hosts.find(({ host }) => `${host}.` === name);
  if (found === undefined) throw Object.assign(new Error(`${name} isn't listed`), { code: 'ENOTFOUND' });
  return [{ address: found.address, family: 4 }];
};

const connect = net.connect;
net.connect = (options, ...rest) => {
  const found = hosts.find(({ address }) => address === options.host && options.port === 443);
  if (found !== undefined) return connect({ host: '127.0.0.1', port: found.port }, ...rest);
  if (options.host === '127.0.0.1') return connect(options, ...rest);
  throw Object.assign(new Error(`the egress function dialled ${options.host}:${options.port}`), {
    code: 'EHOSTUNREACH',
  });
};

const { createSecureContext, rootCertificates } = tls;
tls.createSecureContext = ({ ca, ...options }) => {
  // A function that trusted others would reach the test's providers too.
  if (ca.length !== rootCertificates.length)
    throw new Error("the function doesn't trust the authorities of Node.js alone");
  return createSecureContext({ ...options, ca: [authority] });
};
syncBuiltinESMExports();
