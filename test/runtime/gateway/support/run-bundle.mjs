// Runs a built handler as Lambda would: in a process of its own, with the global that only Lambda has.
import { Writable } from 'node:stream';

globalThis.awslambda = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: {
    from: (stream, metadata) => {
      // Lambda sends status and headers with the first write, so an answer without one has neither.
      const write = stream.write;
      stream.write = (...args) => {
        stream.metadata = metadata;
        return Reflect.apply(write, stream, args);
      };
      return stream;
    },
  },
};

class Answer extends Writable {
  body = '';
  writes = 0;
  _write(chunk, _encoding, done) {
    this.body += chunk;
    this.writes += 1;
    done();
  }
}

const begin = performance.now();
const { handler } = await import(process.env.BUNDLE);
const importMs = performance.now() - begin;
const answers = [];
for (const event of JSON.parse(process.env.EVENTS)) {
  const answer = new Answer();
  await handler(event, answer, {});
  answers.push({ ...answer.metadata, body: answer.body, writes: answer.writes });
}
process.stdout.write(`ANSWERS ${JSON.stringify({ answers, importMs })}\n`);
