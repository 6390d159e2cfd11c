import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { decideChatModel } from '@/lib/runtime/gateway/routing/decide';
import { CLAUDE, GPT_OSS, PROJECT } from '../support/policies';

const project = admitPolicy(PROJECT);

test('allows a model by its name, with its destinations in order', () => {
  const decision = decideChatModel(project, 'assistant');
  expect(decision).toMatchObject({ allowed: true, alias: 'assistant' });
  expect(decision.allowed && decision.destinations.map(({ id }) => id)).toEqual([CLAUDE, GPT_OSS]);
});

test.each<[string, string, string, string]>([
  [
    'an unknown name',
    'gpt-4o',
    'unknown-model',
    "no model of that name is available; inside the EU, these are: 'assistant', 'embed'",
  ],
  ['nothing', '', 'unknown-model', 'no model of that name'],
  ['a name of every object', '__proto__', 'unknown-model', 'no model of that name'],
  ['another case', 'Assistant', 'unknown-model', 'no model of that name'],
  [
    'the global profile of a served model',
    'global.anthropic.claude-sonnet-4-6',
    'outside-boundary',
    "'model' is an inference profile, 'global.anthropic.claude-sonnet-4-6', and this gateway accepts " +
      "only its deployment's model names: it may be processed in any Region of the world; the same model is served inside the EU as 'assistant'",
  ],
  [
    'a profile of the US',
    'us.anthropic.claude-sonnet-4-6',
    'not-an-alias',
    "the same model is served inside the EU as 'assistant'",
  ],
  [
    'a model in London',
    'arn:aws:bedrock:eu-west-2::foundation-model/amazon.nova-lite-v1:0',
    'outside-boundary',
    'it is processed outside the boundary (eu-west-2, London (GB))',
  ],
  ['the very profile that serves', CLAUDE, 'not-an-alias', "only the deployment's own model names can be used"],
  [
    'a model id',
    GPT_OSS,
    'not-an-alias',
    "'model' is a provider's model id, 'openai.gpt-oss-120b-1:0', and this gateway",
  ],
  [
    'an unknown model of a known provider',
    'anthropic.claude-99',
    'not-an-alias',
    'its place of processing is not known',
  ],
  [
    'an ARN in the US',
    `arn:aws:bedrock:us-east-1::foundation-model/${GPT_OSS}`,
    'outside-boundary',
    'it is processed outside the boundary (us-east-1, ',
  ],
  [
    'an ARN without a Region',
    `arn:aws:bedrock:::foundation-model/${GPT_OSS}`,
    'outside-boundary',
    'it may be processed in any Region of the world',
  ],
  ['an ARN inside', `arn:aws:bedrock:eu-central-1::foundation-model/${GPT_OSS}`, 'not-an-alias', "as 'assistant'"],
  [
    'an application profile',
    'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc',
    'not-an-alias',
    'it hides the model',
  ],
  [
    'a model of embeddings',
    'embed',
    'not-for-chat',
    "the model doesn't support chats; inside the EU, these are: 'assistant'",
  ],
])('refuses %s', (_, model, reason, message) => {
  const decision = decideChatModel(project, model);
  expect(decision).toMatchObject({ allowed: false, reason });
  expect(!decision.allowed && decision.message).toContain(message);
});

test("never repeats a client's text", () => {
  for (const model of [
    'CANARY',
    'arn:aws:bedrock:us-east-1:123456789012:CANARY/x',
    'anthropic.CANARY',
    'global.canary-v1',
  ]) {
    const decision = decideChatModel(project, model);
    expect(!decision.allowed && decision.message).not.toMatch(/canary|123456789012/i);
  }
});
