// Lambda's side of a streaming function: it loads the deployed handler, and sends its output over the channel to the parent.
// Besides Node, a bundle may only expect Lambda's own global.
import path from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const send = (message) => new Promise((resolve) => process.send(message, resolve));

class Answer extends Writable {
  metadata;
  started = false;

  constructor(id) {
    super();
    this.id = id;
  }

  // Lambda sends the status and headers only with the first write.
  async start() {
    if (this.started) return;
    this.started = true;
    await send({ id: this.id, metadata: this.metadata ?? { statusCode: 200, headers: {} } });
  }

  _write(chunk, _encoding, done) {
    this.start()
      .then(() => send({ id: this.id, chunk: chunk.toString('base64') }))
      .then(() => done(), done);
  }

  _final(done) {
    send({ id: this.id, end: true }).then(() => done(), done);
  }
}

globalThis.awslambda = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: {
    from: (stream, metadata) => {
      stream.metadata = metadata;
      return stream;
    },
  },
};

const [file, name] = process.env._HANDLER.split('.');
const module = await import(pathToFileURL(path.join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)));
process.on('message', async ({ id, event, arn }) => {
  try {
    await module[name](event, new Answer(id), { awsRequestId: id, invokedFunctionArn: arn });
  } catch (error) {
    await send({ id, failed: String(error?.stack ?? error) });
  }
});
await send({ ready: process.version });
