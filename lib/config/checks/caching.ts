import { refusedCache } from '../../boundary/prompt-cache';
import { type Draft, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { Check } from './check';

/**
 * With `caching: false`, OpenAI's models cache prompts in memory at most. One that caches them for a day, and lets no request prevent it,
 * contradicts that.
 */
export const checkCaching: Check = ({ draft }) =>
  present(draft.models)
    .filter(([, { caching }]) => caching === false)
    .flatMap(([index, { destinations }]) =>
      present(destinations).flatMap(([position, target]) => {
        const called = ofOpenAi(draft, target);
        const refusal = called && refusedCache({ kind: 'host', value: called.host }, called.provider, called.model);
        return called && refusal
          ? [problem(['models', index, 'destinations', position, called.key], called.found, refusal.detail)]
          : [];
      }),
    );

type Target = NonNullable<ReturnType<typeof targetsOf>[number]>;

const targetsOf = (draft: Draft) =>
  present(draft.models).flatMap(([, { destinations }]) => present(destinations).map(([, target]) => target));

/** The model of OpenAI's that a destination calls: an Azure deployment has another name than its model. */
function ofOpenAi({ providers }: Draft, { openai, provider, model = '' }: Target) {
  if (openai !== undefined)
    return { provider: 'OpenAI' as const, host: 'eu.api.openai.com', model: openai, key: 'openai', found: openai };
  const declared = present(providers?.declared).find(([, { name }]) => name === provider)?.[1];
  if (declared?.service !== 'azure') return undefined;
  const deployment = present(declared.deployments).find(([, { name }]) => name === model)?.[1];
  return deployment?.model === undefined
    ? undefined
    : { provider: 'Azure' as const, host: 'azure', model: deployment.model, key: 'model', found: model };
}

const problem = (path: Path, found: string, why: string): Problem => ({
  path,
  text: `found '${found}' in a model with 'caching: false', but ${why}; or remove 'caching: false'`,
});
