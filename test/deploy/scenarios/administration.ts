import assert from 'node:assert/strict';
import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { jsonOf } from '@/test/support/json-of';
import type { ApiGateway } from '../api-gateway/api-gateway';
import { openai, send } from '../api-gateway/client';
import { ADMINISTRATION, type Context, WORKSPACE } from '../read-back/context';
import type { MemberTokens } from './members';
import { failure } from './requests';
import type { Tenant } from './tenants';

interface Member {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly temporary_password?: string;
}

/** An administrator manages the members of the pool through the deployed function, with only the permissions of its role. */
export async function administration(
  { report, aws, deployed }: Context,
  { baseUrl, functionName }: Tenant,
  tokens: MemberTokens,
  apiGateway: ApiGateway,
): Promise<void> {
  const request = async (method: string, path: string, apiKey: string, body?: object) => {
    const init = {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    };
    const url = new URL(`../admin/v1/members${path}`, `${baseUrl}/`);
    const response = await send(url, init, apiGateway.port, { apiKey });
    return { status: response.status, answer: await jsonOf(response) };
  };
  const list = async (): Promise<Member[]> => (await request('GET', '?limit=60', tokens.admin)).answer.data;

  await report.check('the list of members is available only to an administrator', async () => {
    const members = await list();
    assert.deepEqual(members.map(({ name, roles }) => `${name} ${roles}`).sort(), [
      'ada auditor',
      'marie member',
      'pierre member',
      'rosalind admin',
    ]);
    for (const token of [tokens.member, tokens.ungrouped]) {
      assert.equal((await request('GET', '', token)).status, 403);
    }
    for (const token of [tokens.forged, tokens.access]) assert.equal((await request('GET', '', token)).status, 401);
  });
  await report.check('a user is added with a temporary password, gets another role and is removed', async () => {
    const { status, answer: added } = await request('POST', '', tokens.admin, { name: 'emmy', roles: ['member'] });
    assert.deepEqual([status, added.roles], [201, ['member']]);
    assert.match(added.temporary_password, /^.{28}$/);
    const changed = await request('POST', `/${added.id}/roles`, tokens.admin, { roles: ['auditor'] });
    assert.deepEqual(changed.answer.roles, ['auditor']);
    assert.equal((await request('DELETE', `/${added.id}`, tokens.admin)).status, 200);
    assert.equal((await request('GET', `/${added.id}`, tokens.admin)).status, 404);
    assert.ok(!(await list()).some(({ name }) => name === 'emmy'));
  });
  await report.check('a disabled member is refused with a valid token, and admitted again once enabled', async () => {
    const [pierre] = (await list()).filter(({ name }) => name === 'pierre');
    const client = openai(baseUrl, apiGateway.port, { apiKey: tokens.colleague });
    await request('POST', `/${pierre?.id}/disable`, tokens.admin);
    // A new process of the gateway; the running one would need up to a minute.
    await apiGateway.restart(functionName);
    const refused = await failure(client);
    assert.deepEqual([refused.status, refused.code], [403, 'member_disabled']);
    await request('POST', `/${pierre?.id}/enable`, tokens.admin);
    await apiGateway.restart(functionName);
    await client.models.list();
  });
  await report.check('the request records are available only to an auditor', async () => {
    // Lambda would deliver the function's output to its log group.
    const logGroupName = deployed.one('AWS::Logs::LogGroup', `${WORKSPACE}/Gateway/Gateway`).physicalId;
    const logStreamName = 'deploy-test';
    const written = (await apiGateway.logged(functionName)).split('\n').filter((line) => line.startsWith('{"event"'));
    const logEvents = written.slice(0, 100).map((message) => ({ timestamp: Date.now(), message }));
    await aws.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    await aws.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    const { status, answer } = await request('GET', '/../records?limit=1000', tokens.auditor);
    assert.equal(status, 200);
    assert.deepEqual(
      answer.data.map(({ id }: { id: string }) => id),
      written.slice(0, 100).map((line) => JSON.parse(line).id),
    );
    for (const token of [tokens.member, tokens.admin, tokens.ungrouped])
      assert.equal((await request('GET', '/../records', token)).status, 403);
    return `${answer.data.length} records`;
  });
  await report.check("the member administration's log contains no token, no password and no name", async () => {
    const logged = await apiGateway.logged(deployed.one('AWS::Lambda::Function', ADMINISTRATION).physicalId);
    assert.match(logged, /"act":"member.disable","about":"/);
    assert.doesNotMatch(logged, /emmy|pierre|Aa1!|eyJ/);
  });
}
