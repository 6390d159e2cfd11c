// Runs a built provider as Lambda would: in a process of its own. What it would hand to CloudFormation is printed instead.
const answers = [];
globalThis.fetch = async (url, { body }) => {
  answers.push({ host: new URL(url).hostname, ...JSON.parse(body.toString()) });
  return new Response();
};
const { handler } = await import(process.env.BUNDLE);
for (const event of JSON.parse(process.env.EVENTS)) await handler(event, {});
process.stdout.write(`ANSWERS ${JSON.stringify(answers)}\n`);
