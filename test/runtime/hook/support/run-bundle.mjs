// Runs a built hook as Lambda would: in a process of its own. S3's answers come from PAYLOADS, in order.
const payloads = JSON.parse(process.env.PAYLOADS);
globalThis.fetch = async () => new Response(JSON.stringify(payloads.shift()));

const begin = performance.now();
const { handler } = await import(process.env.BUNDLE);
const importMs = performance.now() - begin;
const answers = [];
for (const event of JSON.parse(process.env.EVENTS)) answers.push(await handler(event, {}));
process.stdout.write(`ANSWERS ${JSON.stringify({ answers, importMs })}\n`);
