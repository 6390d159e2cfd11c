import { OpenAiServers } from './openai/openai-servers';
import type { Servers } from './openai/servers';
import type { Serving } from './policy/serving';

/** What calls servers of the own network, without a key. OpenAI's own key is never part of a deployed policy: none is called. */
export function deployedServers({ models }: Serving): Servers | undefined {
  const destinations = [...models.values()].flat();
  return destinations.some(({ provider }) => provider === 'openai') ? undefined : new OpenAiServers();
}
