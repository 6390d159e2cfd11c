import assert from 'node:assert/strict';
import { runKeys } from '@/lib/cli/run/run-keys';
import { runProjects } from '@/lib/cli/run/run-projects';
import { openai, send } from '../../api-gateway/client';
import { assume } from '../../harness/administrator';
import type { Identity } from '../../harness/aws';
import { type CommandPlace, printedBy } from '../../harness/command';
import { PROJECTS } from '../../read-back/context';
import { ANSWER, failure, MESSAGES } from '../requests';
import { type People, projectsIn } from './people';

const STACK = 'exemple-projects';

/** A program creates, caps and ends a project through the deployed API, with the role for it. Its keys work while it is open. */
export async function openProjects(people: People): Promise<void> {
  const { context, apiGateway } = people;
  const { report, aws, deployed } = context;
  const { baseUrl, functionName } = projectsIn(people);
  const roleOf = (end: string) => {
    const [found] = deployed.ofType('AWS::IAM::Role').filter(({ path }) => path.endsWith(end));
    assert.ok(found, `there is no role at ${end}`);
    return found.physicalId;
  };
  const callers: Record<'operator' | 'other', Identity> = { operator: { ...NONE }, other: { ...NONE } };
  const place = (identity?: Identity): CommandPlace => ({
    endpoint: aws.endpoint,
    region: aws.region,
    port: apiGateway.port,
    identity,
  });
  const url = baseUrl.replace(/\/v1$/, '');
  const run = (...args: readonly string[]) =>
    printedBy(() => runProjects([...args, '--url', url, '--format', 'json']), place(callers.operator)).then((text) =>
      JSON.parse(text),
    );

  await report.require('open projects: the role for it creates one, and a repetition changes nothing', async () => {
    const [operator, other] = [roleOf('/Operator/Resource'), roleOf(`${PROJECTS}/Keys/Manager/Resource`)];
    callers.operator = await assume(aws, operator);
    callers.other = await assume(aws, other);
    apiGateway.iam.register(callers.operator, operator);
    apiGateway.iam.register(callers.other, other);
    const create = ['create', 'acme', '--requests-per-minute', '20', '--tokens-per-day', '50000'];
    const created = await run(...create);
    assert.deepEqual(await run(...create), created);
    await assert.rejects(run('create', 'acme', '--tokens-per-day', '40000'), /created with other content/);
  });
  await report.check('open projects: other callers are refused, with a signature or without one', async () => {
    await assert.rejects(
      printedBy(() => runProjects(['list', '--url', url]), place(callers.other)),
      /the caller may not use this API/,
    );
    const forged = { ...callers.operator, secretAccessKey: 'another secret' };
    await assert.rejects(printedBy(() => runProjects(['list', '--url', url]), place(forged)));
    const unsigned = await send(new URL(`${url}/admin/v1/projects`), {}, apiGateway.port, {});
    // As a path that the API doesn't have: API Gateway has one answer for both.
    assert.equal(unsigned.status, 404);
    await unsigned.arrayBuffer();
  });
  const key = await report.require(
    'open projects: a key of it is answered',
    async () => {
      const text = await printedBy(
        () => runKeys(['create', '--project', 'acme', '--stack', STACK, '--region', aws.region]),
        place(),
      );
      const client = openai(baseUrl, apiGateway.port, { apiKey: text });
      const { choices } = await client.chat.completions.create({ model: 'assistant', messages: MESSAGES });
      assert.equal(choices[0]?.message.content, ANSWER);
      return text;
    },
    () => '',
  );
  await report.check('open projects: a lower cap refuses its next request, and others are served', async () => {
    await run('cap', 'acme', '--tokens-per-day', '1');
    await apiGateway.restart(functionName);
    const { status } = await failure(openai(baseUrl, apiGateway.port, { apiKey: key }));
    assert.equal(status, 429);
    await openai(baseUrl, apiGateway.port, projectsIn(people).caller).models.list();
  });
  await report.check('open projects: once it has ended, its key is refused and its ID is not used again', async () => {
    await run('end', 'acme');
    await apiGateway.restart(functionName);
    const { status, code } = await failure(openai(baseUrl, apiGateway.port, { apiKey: key }));
    assert.equal(status, 401);
    await assert.rejects(run('create', 'acme'), /ended/);
    return code;
  });
}

const NONE: Identity = { accessKeyId: '', secretAccessKey: '' };
