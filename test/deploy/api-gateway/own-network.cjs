// The network of a function in its VPC: AWS's endpoints, which are the emulator, and one server of the network, which leads to a server on this
// machine. Nothing else can be dialled. Each address is written down, in a file that the test reads.
const { appendFileSync } = require('node:fs');
const net = require('node:net');

const { dialled, server, emulator } = JSON.parse(process.env.DEPLOY_TEST_NETWORK);
// It isn't one of the function's variables.
delete process.env.DEPLOY_TEST_NETWORK;

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  // Node's own callers pass all arguments as one array.
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  const { host = 'localhost', port } = typeof first === 'object' ? first : { port: first, host: args[1] };
  const address = `${host}:${port}`;
  appendFileSync(dialled, `${address}\n`);
  if (address === emulator) return connect.apply(this, args);
  if (address === server.address) return connect.call(this, { host: '127.0.0.1', port: server.leadsTo });
  throw Object.assign(new Error(`a function dialled ${address}`), { code: 'EHOSTUNREACH' });
};
