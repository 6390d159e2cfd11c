import { PACKAGED } from '@/lib/facts/packaged';
import { type AdmittedPolicy, admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import {
  allowOrRefuse,
  decideChatModel,
  decideModel,
  decideModelFor,
  namesOf,
  servedNames,
} from '@/lib/runtime/gateway/routing/decide';
import type { ModelRefusal } from '@/lib/runtime/gateway/routing/model-refusal';
import { getModel, listModels } from '@/lib/runtime/gateway/routing/models';
import type { ApiError } from '@/lib/runtime/http/api-error';
import type { RequestLog } from '@/lib/runtime/http/records/request-log';
import { CLAUDE, GPT_OSS, PROJECT } from '../support/policies';

const project = () => admitPolicy(PROJECT);
const onlyGermany = () => {
  const models = [{ id: 'assistant', destinations: [{ region: 'eu-central-1', id: GPT_OSS }] }];
  return admitPolicy({
    ...PROJECT,
    boundary: 'DE',
    models,
    projects: [{ id: 'helpdesk-bot', models: ['assistant'], limits: {} }],
  });
};
const messageOf = (policy: AdmittedPolicy, model: string) => {
  const decision = decideModel(policy, model);
  return decision.allowed ? ['allowed'] : [decision.reason, decision.message];
};
const sameAs = (name: string) => `the same model is served inside the EU as '${name}'`;
const ANY = "inside the EU, these are: 'assistant', 'embed'";
const ARN = 'arn:aws:bedrock:';

// biome-ignore format: one row a line
test.each<[string, ModelRefusal, string, string, string]>([
  [`${ARN}eu-west-2::foundation-model/amazon.nova-lite-v1:0`, 'outside-boundary', "an ARN, 'amazon.nova-lite-v1:0'", 'it is processed outside the boundary (eu-west-2, London (GB))', ANY],
  ['global.anthropic.claude-sonnet-4-6', 'outside-boundary', "an inference profile, 'global.anthropic.claude-sonnet-4-6'", 'it may be processed in any Region of the world', sameAs('assistant')],
  ['us.anthropic.claude-sonnet-4-6', 'not-an-alias', 'an inference profile', 'its place of processing is not known', sameAs('assistant')],
  ['anthropic.claude-99', 'not-an-alias', "a provider's model id", 'its place of processing is not known', ANY],
  ['eu.openai.gpt-5.6-terra', 'not-an-alias', "an inference profile, 'eu.openai.gpt-5.6-terra'", 'its place of processing was never confirmed', ANY],
  [`${ARN}eu-west-1::foundation-model/amazon.nova-lite-v1:0`, 'not-an-alias', "an ARN, 'amazon.nova-lite-v1:0'", "it doesn't belong to a Region that this deployment calls", ANY],
  ['arn:aws:s3:::bucket', 'not-an-alias', 'an ARN', 'it names no Region', ANY],
  ['eu.anthropic.claude-opus-5', 'not-an-alias', "an inference profile, 'eu.anthropic.claude-opus-5'", "its routes from the deployment's Regions are not known", ANY],
  ['cohere.embed-v4:0', 'not-an-alias', "a provider's model id, 'cohere.embed-v4:0'", "the deployment's Regions don't serve it themselves", "inside the EU, these are: 'embed', 'assistant'"],
  ['eu.anthropic.claude-3-5-sonnet-20240620-v1:0', 'not-an-alias', "an inference profile, 'eu.anthropic.claude-3-5-sonnet-20240620-v1:0'", 'its provider no longer serves it', ANY],
  [`${ARN}eu-central-1:111122223333:application-inference-profile/abc`, 'not-an-alias', 'an ARN', 'it hides the model and Regions that it routes to', ANY],
  [CLAUDE, 'not-an-alias', `an inference profile, '${CLAUDE}'`, "only the deployment's own model names can be used", sameAs('assistant')],
  [GPT_OSS, 'not-an-alias', `a provider's model id, '${GPT_OSS}'`, "only the deployment's own model names can be used", sameAs('assistant')],
])("%s is %s", (model, reason, what, why, instead) => {
  const message = `'model' is ${what}, and this gateway accepts only its deployment's model names: ${why}; ${instead}`;
  expect(messageOf(project(), model)).toEqual([reason, message]);
});

test('every Region outside that a profile routes to is named', () => {
  expect(messageOf(onlyGermany(), CLAUDE)).toEqual([
    'outside-boundary',
    `'model' is an inference profile, '${CLAUDE}', and this gateway accepts only its deployment's model names: it may be ` +
      'processed in a Region outside the boundary (eu-north-1, Stockholm (SE); eu-south-1, Milan (IT); eu-south-2, Spain ' +
      "(Aragon) (ES); eu-west-1, Ireland (Dublin) (IE); eu-west-3, Paris (FR)); inside DE, these are: 'assistant'",
  ]);
});

test('the Regions are sorted, that of an ARN with the others', () => {
  const [, message] = messageOf(onlyGermany(), `${ARN}us-east-1::inference-profile/${CLAUDE}`);
  expect(message).toMatch(/ \(eu-north-1, .*; eu-west-3, Paris \(FR\); us-east-1, N\. Virginia \(US\)\);/);
});

test('a model that one of the Regions serves stays inside', () => {
  const [only] = PACKAGED.onDemandModels.filter(
    ({ regions, confidence, modelId }) =>
      confidence !== 'low' &&
      PACKAGED.model(modelId)?.endsAt == null &&
      regions.includes('eu-central-1') !== regions.includes('eu-north-1'),
  );
  expect(messageOf(project(), `${only?.modelId}`)[1]).toContain("only the deployment's own model names can be used");
});

test('the names of the same kind are first, whatever they are', () => {
  const { models } = project();
  const [text = [], embedding = []] = [...models.values()];
  const policy = {
    ...project(),
    models: new Map([
      ['none', []],
      ['one', text],
      ['two', embedding],
    ] as const),
  };
  expect(messageOf(policy as never, 'cohere.embed-v4:0')[1]).toMatch(/these are: 'two', /);
});

test.each(['acme.model', 'anthropic', '', '.x', 'xarn:aws:s3:::bucket'])("'%s' is the ID of no provider", (model) => {
  expect(messageOf(project(), model)).toEqual(['unknown-model', `no model of that name is available; ${ANY}`]);
});

test('a model that may not serve now, or has ended, is refused for that reason first', () => {
  const policy = {
    ...project(),
    unverified: new Map([['assistant', 'not checked']]),
    ended: new Map([
      ['assistant', 'x'],
      ['former', 'it ended'],
    ]),
  };
  expect(messageOf(policy, 'assistant')).toEqual(['unverified', 'not checked']);
  expect(messageOf(policy, 'former')).toEqual(['ended', `it ended; ${ANY}`]);
  expect(messageOf(policy, 'embed')).toEqual(['allowed']);
});

describe('the operation', () => {
  const server = (kind: string) => ({ provider: 'vpc', kind, modelId: 'm', id: 'vpc/m' }) as never;

  test('is served by the destinations that support it', () => {
    const models = new Map([['mixed', [server('embedding'), server('text')]]]);
    expect(decideChatModel({ ...project(), models }, 'mixed')).toEqual({
      allowed: true,
      alias: 'mixed',
      destinations: [server('text')],
    });
  });

  test.each<[string, object | undefined]>([
    ['this deployment has no suitable model; add one to residency.yaml', undefined],
    ["inside the EU, these are: 'assistant'", project().models.get('assistant')],
  ])('is refused if none does: %s', (available, assistant) => {
    const models = new Map([['embed', [server('embedding')]]]);
    if (assistant !== undefined) models.set('assistant', assistant as never);
    expect(decideChatModel({ ...project(), models }, 'embed')).toEqual({
      allowed: false,
      reason: 'not-for-chat',
      message: `the model doesn't support chats; ${available}`,
    });
  });

  test('of chats is served by a model that checks prompts', () => {
    const safeguard = { provider: 'bedrock', modelId: 'openai.gpt-oss-safeguard-20b' } as never;
    const models = new Map([['check', [safeguard]]]);
    expect(decideChatModel({ ...project(), models }, 'check')).toMatchObject({ allowed: true });
  });

  test('is refused for the reason of the model, if the model is', () => {
    const decision = decideModelFor(project(), 'x', () => true, 'not-for-embeddings', 'no');
    expect(decision).toMatchObject({ allowed: false, reason: 'unknown-model' });
  });

  test('has the names of the models that support it', () => {
    const policy = { ...project(), models: new Map([...project().models, ['none', []] as const]) };
    expect(servedNames(policy, () => true)).toBe("'assistant', 'embed'");
    expect(servedNames(policy, ({ id }) => id === GPT_OSS)).toBe("'assistant'");
    expect(namesOf(policy, () => true)).toBe("'assistant', 'embed', 'none'");
  });
});

test.each<[ModelRefusal, number, string, object]>([
  ['unverified', 503, 'residency_unverified', { 'retry-after': '60' }],
  ['outside-boundary', 403, 'residency_model_refused', {}],
  ['ended', 404, 'model_ended', {}],
  ['not-for-chat', 400, 'model_not_supported', {}],
  ['not-for-embeddings', 400, 'model_not_supported', {}],
  ['unknown-model', 404, 'model_not_found', {}],
  ['not-an-alias', 404, 'model_not_found', {}],
])('the reason %s is answered with %i %s, and recorded', (reason, status, code, headers) => {
  const log = { route: 'chat', tenant: 'p' } as unknown as RequestLog;
  const refuse = () => allowOrRefuse({ allowed: false, reason, message: 'm' }, log);
  let error: ApiError | undefined;
  try {
    refuse();
  } catch (thrown) {
    error = thrown as ApiError;
  }
  expect(error).toMatchObject({ status, code, message: 'm', param: 'model', headers });
  expect(log.reason).toBe(reason);
});

test('an allowed model is passed on, and nothing is recorded', () => {
  const log = { route: 'chat', tenant: 'p' } as unknown as RequestLog;
  const allowed = { allowed: true, alias: 'a', destinations: [] } as const;
  expect(allowOrRefuse(allowed, log)).toBe(allowed);
  expect(log.reason).toBeUndefined();
});

describe('the list of models', () => {
  const policy = {
    ...project(),
    models: new Map<string, readonly never[]>([
      ...(project().models as never),
      ['own', [{ provider: 'vpc', modelId: 'm' } as never]],
      ['none', []],
    ]),
  };
  const entry = (id: string, owned_by: string) => ({ id, object: 'model', created: 0, owned_by });

  test('has the maker of each, or the kind of server', () => {
    expect(listModels(policy)).toEqual({
      object: 'list',
      data: [entry('assistant', 'anthropic'), entry('embed', 'amazon'), entry('own', 'vpc'), entry('none', '')],
    });
    expect(getModel(policy, 'assistant')).toEqual(entry('assistant', 'anthropic'));
  });

  test('refuses a model that it does not have, with the reason', () => {
    let error: ApiError | undefined;
    try {
      getModel(policy, 'x');
    } catch (thrown) {
      error = thrown as ApiError;
    }
    expect(error).toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model',
      message: "no model of that name is available; inside the EU, these are: 'assistant', 'embed', 'own', 'none'",
    });
  });
});
