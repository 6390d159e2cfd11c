// The built egress function runs with this. The name of every provider resolves to a public address, which leads to the test's providers.
const dns = require('node:dns/promises');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const { connect } = net;
dns.lookup = async () => [{ address: '162.159.140.245', family: 4 }];
net.connect = (options) =>
  connect(options.port === 443 ? { ...options, host: '127.0.0.1', port: Number(process.env.PROVIDER_PORT) } : options);
syncBuiltinESMExports();
