// Runs a built handler as Lambda does: in a process of its own, which stays for many events, with the global that only Lambda has.
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { peakOfMemory } from '../../support/peak-of-memory.mjs';

globalThis.awslambda = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: {
    from: (stream, metadata) => {
      stream.metadata = metadata;
      return stream;
    },
  },
};

class Answer extends Writable {
  chunks = [];
  _write(chunk, _encoding, done) {
    this.chunks.push(chunk);
    done();
  }
}

const RealDate = Date;
let offset = 0;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...given);
  }
  static now() {
    return RealDate.now() + offset;
  }
};

const lines = [];
const noting = (chunk, ...others) => {
  lines.push(...`${chunk}`.split('\n').filter((line) => line !== ''));
  others.find((one) => typeof one === 'function')?.();
  return true;
};
process.stdout.write = noting;
process.stderr.write = noting;

/** Where the services of this function listen. */
const SERVICES = new Set(
  Object.entries(process.env)
    .filter(([name]) => name.startsWith('AWS_ENDPOINT_URL'))
    .map(([, url]) => new URL(url).host),
);
const contacts = [];
const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...args) {
  const [{ host, port, path }] = Array.isArray(args[0]) ? args[0] : args;
  const contact = path ?? `${host}:${port}`;
  if (!SERVICES.has(contact)) contacts.push(contact);
  return Reflect.apply(connect, this, args);
};

const { [process.env.HANDLER ?? 'handler']: handler } = await import(process.env.BUNDLE);
/** A worker is called without a stream, and asks how long it may take. */
const isWorker = process.env.HANDLER === 'work';
const context = { getRemainingTimeInMillis: () => 14 * 60_000 };

process.on('message', async ({ event, ms: moved }) => {
  offset = moved;
  lines.length = contacts.length = 0;
  const answer = new Answer();
  const before = process.cpuUsage();
  let result;
  let error;
  try {
    result = isWorker ? await handler(event, context) : await handler(event, answer, {});
  } catch (thrown) {
    error = `${thrown}`;
  }
  const { user, system } = process.cpuUsage(before);
  process.send({
    ...answer.metadata,
    body: Buffer.concat(answer.chunks).toString('latin1'),
    result,
    error,
    ms: (user + system) / 1_000,
    bytes: peakOfMemory(),
    lines: [...lines],
    contacts: [...contacts],
  });
});
process.once('disconnect', () => process.exit(0));
process.send('ready');
