// Loaded before anything else by the process under test: every address that it connects or sends to is written to JOURNAL,
// whatever library does it.
const { appendFileSync } = require('node:fs');
const { Socket } = require('node:net');
const { Socket: Datagrams } = require('node:dgram');

const note = (text) => appendFileSync(process.env.JOURNAL, `${text}\n`);
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  // Node passes its own callers' arguments on as one normalised list.
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  note(options.path ?? `${options.host ?? 'localhost'}:${options.port}`);
  return Reflect.apply(connect, this, args);
};
const { send } = Datagrams.prototype;
Datagrams.prototype.send = function (...args) {
  note(`datagram ${args.filter((arg) => ['number', 'string'].includes(typeof arg)).join(' ')}`);
  return Reflect.apply(send, this, args);
};
