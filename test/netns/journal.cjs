// The process under test loads this first. It writes every address that the process connects or sends to into JOURNAL, whatever
// library opens the connection.
const { appendFileSync } = require('node:fs');
const { Socket } = require('node:net');
const { Socket: Datagrams } = require('node:dgram');

const log = (text) => appendFileSync(process.env.JOURNAL, `${text}\n`);
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  // Node's own callers pass their arguments as one normalised list.
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  log(options.path ?? `${options.host ?? 'localhost'}:${options.port}`);
  return Reflect.apply(connect, this, args);
};
const { send } = Datagrams.prototype;
Datagrams.prototype.send = function (...args) {
  log(`datagram ${args.filter((arg) => ['number', 'string'].includes(typeof arg)).join(' ')}`);
  return Reflect.apply(send, this, args);
};
