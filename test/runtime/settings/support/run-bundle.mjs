// Runs a built handler in its own process, as Lambda does. Its answers to CloudFormation are printed instead of sent.
const answers = [];
globalThis.fetch = async (url, { body }) => {
  answers.push({ host: new URL(url).hostname, ...JSON.parse(body.toString()) });
  return new Response();
};
const { handler } = await import(process.env.BUNDLE);
for (const event of JSON.parse(process.env.EVENTS)) await handler(event, {});
process.stdout.write(`ANSWERS ${JSON.stringify(answers)}\n`);
