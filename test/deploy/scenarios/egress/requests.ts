import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type OpenAI from 'openai';
import { EGRESS_ALIASES, type EgressRequest } from '@/lib/contract/egress';
import { TENANT_KINDS, type TenantKind } from '@/lib/contract/tenant';
import { EgressClient } from '@/lib/runtime/gateway/egress/egress-client';
import { openai } from '../../api-gateway/client';
import type { Aws } from '../../harness/aws';
import { OUTSIDE } from '../../harness/egress-config';
import { type Context, PROJECTS, WORKSPACE } from '../../read-back/context';
import { keyWriter, setKey } from '../../read-back/egress/secrets';
import type { DeployedApis } from '../deployed-apis';
import { ANSWER, MESSAGES, PROFILE, QUESTION } from '../requests';
import { type BaseUrls, projectsOf, type Tenant, workspaceOf } from '../tenants';
import type { OutsideProviders } from './outside-providers';

const [OPENAI, MISTRAL] = OUTSIDE;
export const EGRESS_FUNCTION = 'exemple-egress';
/** The longest until a new version of a key is used. */
const KEY_MS = 60_000;

/** A deployment whose models are outside AWS first. */
export interface EgressContext {
  readonly context: Context;
  readonly apis: DeployedApis;
  readonly baseUrls: BaseUrls;
  readonly outside: OutsideProviders;
}

/** The tenants, by the kind by which the egress knows them. */
export const tenantsOf = ({ context, apis, baseUrls }: EgressContext): Readonly<Record<TenantKind, Tenant>> => ({
  workspace: workspaceOf(context, apis, baseUrls),
  project: projectsOf(context, apis, baseUrls),
});

/** A client of the workspace, and one of the project. */
export const clientsOf = (egress: EgressContext): readonly [workspace: OpenAI, project: OpenAI] => {
  const { workspace, project } = tenantsOf(egress);
  return [clientOf(egress, workspace), clientOf(egress, project)];
};

const clientOf = ({ apis }: EgressContext, { baseUrl, caller }: Tenant): OpenAI =>
  openai(baseUrl, apis.apiGateway.port, caller);

/** The destination that answers a request. */
export async function answeredBy(client: OpenAI): Promise<string | null> {
  const { data, response } = await client.chat.completions
    .create({ model: 'assistant', messages: MESSAGES })
    .withResponse();
  assert.equal(data.choices[0]?.message.content, ANSWER);
  return response.headers.get('x-residency-destination');
}

/** Requests of both kinds of tenants, from the deployed gateways through the deployed function to providers on loopback. */
export async function egressRequests(egress: EgressContext): Promise<void> {
  const { context, outside } = egress;
  const { report } = context;
  const writer = await keyWriter(context);
  await report.check('while no secret holds a key, Bedrock answers, and no provider is contacted', async () => {
    for (const client of clientsOf(egress)) assert.equal(await answeredBy(client), PROFILE);
    for (const { name } of OUTSIDE) assert.deepEqual(outside.received(name), []);
  });
  await report.require('the role that sets keys sets one for OpenAI', async () => {
    await setKey(writer, OPENAI.name, 'sk-first');
    outside.accept(OPENAI.name, 'sk-first', 'sk-second');
  });
  for (const kind of TENANT_KINDS) await requestsOf(egress, kind);
  await failover(egress, writer);
  await forgedDecisions(egress);
  await newKey(egress, writer);
  await withoutContent(egress);
}

async function requestsOf(egress: EgressContext, kind: TenantKind): Promise<void> {
  const { context, apis, outside } = egress;
  const { report } = context;
  const { invoked } = apis.apiGateway.invocations;
  const client = clientOf(egress, tenantsOf(egress)[kind]);
  await report.check(
    `${kind}: a request reaches OpenAI by the alias of its kind, with the key and its terms`,
    async () => {
      outside.forget();
      invoked.length = 0;
      assert.equal(await answeredBy(client), OPENAI.destination);
      assert.deepEqual(
        invoked.map(({ arn, status }) => [arn.split(':').slice(6).join(':'), status]),
        [[`${EGRESS_FUNCTION}:${EGRESS_ALIASES[kind]}`, 200]],
      );
      const [received, ...others] = outside.received(OPENAI.name);
      assert.deepEqual([received?.path, others], ['/v1/chat/completions', []]);
      assert.deepEqual([received?.headers.authorization, received?.headers.host], ['Bearer sk-first', OPENAI.host]);
      const { model, store, prompt_cache_retention: cache, messages } = JSON.parse(received?.body ?? '');
      assert.deepEqual([model, store], [OPENAI.model, false]);
      assert.equal(cache, kind === 'project' ? 'in_memory' : undefined);
      assert.ok(JSON.stringify(messages).includes(QUESTION));
    },
  );
  await report.check(`${kind}: a stream arrives piece by piece`, async () => {
    const stream = await client.chat.completions.create({ model: 'assistant', messages: MESSAGES, stream: true });
    const pieces: string[] = [];
    const times: number[] = [];
    for await (const chunk of stream) {
      const piece = chunk.choices[0]?.delta.content;
      if (!piece) continue;
      pieces.push(piece);
      times.push(performance.now());
    }
    assert.equal(pieces.join(''), ANSWER);
    const spread = (times.at(-1) ?? 0) - (times[0] ?? 0);
    assert.ok(pieces.length > 3 && spread > 200, `${pieces.length} pieces within ${spread.toFixed(0)} ms`);
    return `${pieces.length} pieces over ${spread.toFixed(0)} ms`;
  });
}

async function failover(egress: EgressContext, writer: Aws): Promise<void> {
  const { context, outside } = egress;
  const [client] = clientsOf(egress);
  await context.report.check(
    'a provider that fails is passed over: without a key by Bedrock, with one by Mistral',
    async () => {
      outside.fail(OPENAI.name, 503);
      assert.equal(await answeredBy(client), PROFILE);
      assert.deepEqual(outside.received(MISTRAL.name), []);
      await setKey(writer, MISTRAL.name, 'mk-first');
      outside.accept(MISTRAL.name, 'mk-first');
      assert.equal(await answeredBy(client), MISTRAL.destination);
      const [received] = outside.received(MISTRAL.name);
      assert.deepEqual([received?.headers.authorization, received?.headers.host], ['Bearer mk-first', MISTRAL.host]);
      outside.accept(OPENAI.name, 'sk-first', 'sk-second');
      assert.equal(await answeredBy(client), OPENAI.destination);
    },
  );
}

const BODY = { model: OPENAI.model, messages: MESSAGES, store: false, prompt_cache_retention: 'in_memory' };
const SENT: EgressRequest = {
  provider: OPENAI.name,
  model: OPENAI.model,
  kind: 'text',
  path: '/chat/completions',
  body: JSON.stringify(BODY),
};

const bodyWith = (changes: object): Pick<EgressRequest, 'body'> => ({ body: JSON.stringify({ ...BODY, ...changes }) });

/** Requests of a gateway that was replaced: they have its role, and a decision that no policy makes. Each has its refusal. */
const FORGED: Readonly<Record<string, readonly [request: EgressRequest, detail: RegExp]>> = {
  'a model that the policy lacks': [{ ...SENT, model: 'gpt-5.5', ...bodyWith({ model: 'gpt-5.5' }) }, /this model/],
  'a provider that the policy lacks': [{ ...SENT, provider: 'elsewhere' }, /no such provider/],
  'another model in the body than in the decision': [{ ...SENT, ...bodyWith({ model: 'gpt-5.5' }) }, /name the model/],
  'a tool that the provider runs': [{ ...SENT, ...bodyWith({ tools: [{ type: 'web_search' }] }) }, /isn't a function/],
  'a stored answer, for a project': [{ ...SENT, ...bodyWith({ store: true }) }, /store the answer/],
};

async function forgedDecisions({ context, apis, outside }: EgressContext): Promise<void> {
  const { report, deployed, aws } = context;
  const { apiGateway } = apis;
  const gateway = (under: string) => deployed.one('AWS::Lambda::Function', `${under}/Gateway`).physicalId;
  const callAs = async (under: string, alias: string, request: EgressRequest) => {
    const identity = await apis.identityIn(apiGateway, gateway(under));
    const client = new EgressClient({
      region: aws.region,
      endpoint: `http://127.0.0.1:${apiGateway.port}`,
      functionName: EGRESS_FUNCTION,
      alias,
      credentials: async () => identity,
    });
    return client.call(request, new AbortController().signal);
  };
  await report.check("the projects' role sends a request that the policy allows", async () => {
    const { status } = await callAs(PROJECTS, EGRESS_ALIASES.project, SENT);
    assert.equal(status, 200);
  });
  for (const [what, [request, detail]] of Object.entries(FORGED))
    await report.check(`the function refuses ${what}, and contacts no provider`, async () => {
      outside.forget();
      const { length } = await linesOf(apis);
      await assert.rejects(callAs(PROJECTS, EGRESS_ALIASES.project, request), { name: 'EgressRefused' });
      for (const { name } of OUTSIDE) assert.deepEqual(outside.received(name), []);
      const line = await refusalAfter(apis, length);
      assert.match(line.detail ?? '', detail);
      return line.detail;
    });
  await report.check("Lambda refuses a gateway the other kind's alias, and the function without an alias", async () => {
    outside.forget();
    apiGateway.invocations.invoked.length = 0;
    for (const [under, alias] of [
      [PROJECTS, EGRESS_ALIASES.workspace],
      [WORKSPACE, EGRESS_ALIASES.project],
      [PROJECTS, '$LATEST'],
    ] as const)
      await assert.rejects(callAs(under, alias, SENT), { name: 'EgressRefused' });
    assert.deepEqual(
      apiGateway.invocations.invoked.map(({ status }) => status),
      [403, 403, 403],
    );
    assert.deepEqual(outside.received(OPENAI.name), []);
  });
}

async function newKey(egress: EgressContext, writer: Aws): Promise<void> {
  const { context, outside } = egress;
  const [client] = clientsOf(egress);
  const used = () => outside.received(OPENAI.name).at(-1)?.headers.authorization;
  await context.report.check('a new version of a key is used within 60 s', async () => {
    assert.equal(await answeredBy(client), OPENAI.destination);
    assert.equal(used(), 'Bearer sk-first');
    await setKey(writer, OPENAI.name, 'sk-second');
    const since = Date.now();
    while (used() !== 'Bearer sk-second') {
      assert.ok(Date.now() - since < KEY_MS, 'it is not used after 60 s');
      await sleep(2_000);
      assert.equal(await answeredBy(client), OPENAI.destination);
    }
    return `after ${Math.round((Date.now() - since) / 1_000)} s`;
  });
  await context.report.check(
    'if the provider refuses the old one, the new one is used in the same request',
    async () => {
      await setKey(writer, OPENAI.name, 'sk-third');
      outside.accept(OPENAI.name, 'sk-third');
      outside.forget();
      assert.equal(await answeredBy(client), OPENAI.destination);
      assert.deepEqual(
        outside.received(OPENAI.name).map(({ headers }) => headers.authorization),
        ['Bearer sk-second', 'Bearer sk-third'],
      );
    },
  );
}

interface Line {
  readonly event?: string;
  readonly failure?: string;
  readonly detail?: string;
  readonly host?: string;
}

/** The lines of the function's log. */
async function linesOf({ apiGateway }: DeployedApis): Promise<Line[]> {
  const logged = await apiGateway.logged(EGRESS_FUNCTION);
  return logged
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

/**
 * The first refusal after so many lines. A function's answer can arrive before its line, so the lines of earlier requests
 * can arrive late too: these were answered, and aren't refusals.
 */
async function refusalAfter(apis: DeployedApis, count: number): Promise<Line> {
  for (let tries = 0; tries < 100; tries += 1) {
    const line = (await linesOf(apis)).slice(count).find(({ failure }) => failure === 'refused');
    if (line !== undefined) return line;
    await sleep(50);
  }
  throw new Error('the function wrote no refusal of the request within 5 s');
}

async function withoutContent({ context, apis, outside }: EgressContext): Promise<void> {
  await context.report.check(
    "the function's log names each host, and contains no question, no answer and no key",
    async () => {
      const logged = await apis.apiGateway.logged(EGRESS_FUNCTION);
      const hosts = new Set((await linesOf(apis)).map(({ host }) => host));
      for (const { host } of OUTSIDE) assert.ok(hosts.has(host), `it doesn't name ${host}`);
      for (const secret of [QUESTION, ANSWER, 'Zitronenfalter', 'sk-first', 'sk-second', 'sk-third', 'mk-first'])
        assert.ok(!logged.includes(secret), `it contains ${secret}`);
      outside.forget();
      return `${logged.trim().split('\n').length} lines`;
    },
  );
}
