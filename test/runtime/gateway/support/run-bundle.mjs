// Runs a built handler as Lambda would: in a process of its own, with the global that only Lambda has.
import { readFileSync } from 'node:fs';
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
  leaves = false;
  _write(chunk, _encoding, done) {
    this.body += chunk;
    this.writes += 1;
    // A connection that ends in the middle of an answer.
    if (this.leaves && chunk.length > 0) this.destroy();
    done();
  }
}

const begin = performance.now();
const { handler, work } = await import(process.env.BUNDLE);
const importMs = performance.now() - begin;
const answers = [];
for (const { leaves = false, jobs, ...event } of JSON.parse(readFileSync(process.env.EVENTS, 'utf8'))) {
  if (jobs !== undefined) {
    // An event of the worker, which has another entry and answers nothing.
    await work(jobs, { getRemainingTimeInMillis: () => 300_000 });
    answers.push({ body: 'null' });
    continue;
  }
  const answer = new Answer();
  answer.leaves = leaves;
  try {
    await handler(event, answer, {});
  } catch (error) {
    // Lambda logs what a handler throws.
    if (!leaves) throw error;
    console.error(error);
  }
  answers.push({ ...answer.metadata, body: answer.body, writes: answer.writes });
}
process.stdout.write(`ANSWERS ${JSON.stringify({ answers, importMs })}\n`);
