import assert from 'node:assert/strict';
import { DynamoDbKeyStore } from '@/lib/runtime/gateway/keys/dynamodb-key-store';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { PROJECT, PROJECTS } from '../../deploy/read-back/context';
import { QUESTION } from '../../deploy/scenarios/requests';
import type { Account, Deployment } from '../account';
import { requireDeployment, type Step } from '../step';
import { until } from '../until';

const MINUTES_OF_STREAM = 3;
/** A key is refused within 60 seconds. */
const SECONDS_OF_REVOCATION = 70;

export const requests: Step = {
  id: 'requests',
  does: 'Creates an API key of a project, calls the model with it, sends bodies of 4 and 9 MB, reads a long stream, and revokes the key.',
  hours: 1,
  costs: 'tokens of the model: about 10,000 of output',
  async run(account, given) {
    const deployment = requireDeployment(given);
    const { report, onlyAws } = account;
    const key = await createKey(account, deployment);
    const call = chat(account, deployment);
    await report.check('without a key, and with an unknown one, a request gets 401', async () => {
      assert.equal((await call({})).status, 401);
      assert.equal((await call({}, `${key.key.slice(0, -4)}AAAA`)).status, 401);
    });
    await report.check('the model answers, and the answer names the Region', async () => {
      const response = await call({}, key.key);
      assert.equal(response.status, 200, await response.clone().text());
      return `${response.headers.get('x-residency-region')}, ${response.headers.get('x-residency-destination')}`;
    });
    await report.check('a body of 4 MB reaches the function, which refuses it for its content', async () => {
      const { status } = await call({ metadata: { text: 'x'.repeat(4_000_000) } }, key.key);
      assert.equal(status, 400);
    });
    await report.check(
      "a body of 9 MB is refused in OpenAI's form, by API Gateway, Lambda or the function",
      async () => {
        const response = await call({ metadata: { text: 'x'.repeat(9_000_000) } }, key.key);
        assert.equal(response.status, 413);
        return JSON.parse(await response.text()).error.code;
      },
    );
    await onlyAws(`a stream lasts for ${MINUTES_OF_STREAM} minutes`, async () => {
      const started = performance.now();
      const content = 'Write the numbers from 1 to 3000 in words, one on each line, and leave none out.';
      const response = await call({ stream: true, messages: [{ role: 'user', content }] }, key.key);
      const text = await response.text();
      const seconds = (performance.now() - started) / 1000;
      assert.ok(text.trimEnd().endsWith('[DONE]'), 'the stream was cut off');
      assert.ok(seconds > MINUTES_OF_STREAM * 60, `it lasted for ${seconds.toFixed(0)} s`);
      return `${seconds.toFixed(0)} s`;
    });
    await report.check('a revoked key is refused', async () => {
      await key.store.revoke(key.id, PROJECT, new Date());
      await account.restart();
      assert.equal(await until(async () => (await call({}, key.key)).status, 401, SECONDS_OF_REVOCATION), 401);
    });
    return deployment;
  },
};

/** A key of the project, created with the role that manages keys. */
export async function createKey({ as }: Account, { deployed }: Deployment) {
  const { dynamodb } = await as(deployed.one('AWS::IAM::Role', `${PROJECTS}/Keys/Manager`).physicalId);
  const name = deployed.one('AWS::DynamoDB::GlobalTable', `${PROJECTS}/Keys`).physicalId;
  const store = new DynamoDbKeyStore({ client: dynamodb, name });
  const { key, record } = newKey({ kind: 'deployment', project: PROJECT, created: new Date() });
  await store.add(record);
  return { store, key, id: record.id };
}

/** Sends a chat to the project's API. */
export const chat =
  ({ fetch }: Account, { baseUrls }: Deployment) =>
  (fields: object, apiKey?: string): Promise<Response> => {
    const body = { model: 'assistant', messages: [{ role: 'user', content: QUESTION }], ...fields };
    const url = new URL(`${baseUrls['exemple-projects']}/chat/completions`);
    return fetch(
      url,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      apiKey,
    );
  };
