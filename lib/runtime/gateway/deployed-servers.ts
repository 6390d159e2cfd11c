import { OpenAiServers } from './openai/openai-servers';
import type { Servers } from './openai/servers';
import type { AdmittedPolicy } from './policy/admitted-policy';

/** The client of servers in the owner's network, without a key. A deployed policy never contains OpenAI's key, so OpenAI isn't called. */
export function deployedServers({ models }: AdmittedPolicy): Servers | undefined {
  const destinations = [...models.values()].flat();
  return destinations.some(({ provider }) => provider === 'openai') ? undefined : new OpenAiServers();
}
