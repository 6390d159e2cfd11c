import assert from 'node:assert/strict';
import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { openai, send } from '../front/client';
import type { Front } from '../front/front';
import { ADMINISTRATION, type Context, WORKSPACE } from '../read-back/context';
import { failure } from './asked';
import type { MemberTokens } from './members';
import type { Tenant } from './tenants';

interface Member {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly temporary_password?: string;
}

/** An administrator manages the members of the pool, by the deployed function and the rights of its role alone. */
export async function administration(
  { report, aws, deployed }: Context,
  { baseUrl, functionName }: Tenant,
  tokens: MemberTokens,
  front: Front,
): Promise<void> {
  const ask = async (method: string, path: string, apiKey: string, body?: object) => {
    const init = {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    };
    const url = new URL(`../admin/v1/members${path}`, `${baseUrl}/`);
    const response = await send(url, init, front.port, { apiKey });
    // biome-ignore lint/suspicious/noExplicitAny: what a client reads of JSON
    return { status: response.status, answer: (await response.json()) as any };
  };
  const list = async (): Promise<Member[]> => (await ask('GET', '?limit=60', tokens.admin)).answer.data;

  await report.check('members are listed to an administrator, and to nobody else', async () => {
    const found = await list();
    assert.deepEqual(found.map(({ name, roles }) => `${name} ${roles}`).sort(), [
      'ada auditor',
      'marie member',
      'pierre member',
      'rosalind admin',
    ]);
    for (const token of [tokens.member, tokens.stranger]) {
      assert.equal((await ask('GET', '', token)).status, 403);
    }
    for (const token of [tokens.forged, tokens.access]) assert.equal((await ask('GET', '', token)).status, 401);
  });
  await report.check('somebody is added with a first password, gets another role, and is removed', async () => {
    const { status, answer: added } = await ask('POST', '', tokens.admin, { name: 'emmy', roles: ['member'] });
    assert.deepEqual([status, added.roles], [201, ['member']]);
    assert.match(added.temporary_password, /^.{28}$/);
    const changed = await ask('POST', `/${added.id}/roles`, tokens.admin, { roles: ['auditor'] });
    assert.deepEqual(changed.answer.roles, ['auditor']);
    assert.equal((await ask('DELETE', `/${added.id}`, tokens.admin)).status, 200);
    assert.equal((await ask('GET', `/${added.id}`, tokens.admin)).status, 404);
    assert.ok(!(await list()).some(({ name }) => name === 'emmy'));
  });
  await report.check('whom an administrator disables is refused with a valid token, and let in again', async () => {
    const [pierre] = (await list()).filter(({ name }) => name === 'pierre');
    const client = openai(baseUrl, front.port, { apiKey: tokens.colleague });
    await ask('POST', `/${pierre?.id}/disable`, tokens.admin);
    // Another process of the gateway, or this one a minute later.
    await front.forget(functionName);
    const refused = await failure(client);
    assert.deepEqual([refused.status, refused.code], [403, 'member_disabled']);
    await ask('POST', `/${pierre?.id}/enable`, tokens.admin);
    await front.forget(functionName);
    await client.models.list();
  });
  await report.check('an auditor reads the records of requests, and nobody else does', async () => {
    // Lambda would bring what the function wrote to its log group.
    const logGroupName = deployed.one('AWS::Logs::LogGroup', `${WORKSPACE}/Gateway/Gateway`).physicalId;
    const logStreamName = 'of-the-test';
    const written = (await front.logged(functionName)).split('\n').filter((line) => line.startsWith('{"event"'));
    const logEvents = written.slice(0, 100).map((message) => ({ timestamp: Date.now(), message }));
    await aws.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    await aws.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    const { status, answer } = await ask('GET', '/../records?limit=1000', tokens.auditor);
    assert.equal(status, 200);
    assert.deepEqual(
      answer.data.map(({ id }: { id: string }) => id),
      written.slice(0, 100).map((line) => JSON.parse(line).id),
    );
    for (const token of [tokens.member, tokens.admin, tokens.stranger])
      assert.equal((await ask('GET', '/../records', token)).status, 403);
    return `${answer.data.length} records`;
  });
  await report.check('the log of the administration holds no token, no password and no name', async () => {
    const logged = await front.logged(deployed.one('AWS::Lambda::Function', ADMINISTRATION).physicalId);
    assert.match(logged, /"act":"member.disable","about":"/);
    assert.doesNotMatch(logged, /emmy|pierre|Aa1!|eyJ/);
  });
}
