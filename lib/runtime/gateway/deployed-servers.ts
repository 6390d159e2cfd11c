import type { Bedrock } from './bedrock/bedrock';
import { OpenAiServers } from './openai/openai-servers';
import type { Servers } from './openai/servers';
import type { AdmittedPolicy } from './policy/admitted-policy';

/** The client of destinations by OpenAI's protocol, without a key of OpenAI. A deployed policy never contains OpenAI's key, so OpenAI isn't called. */
export function deployedServers({ models }: AdmittedPolicy, bedrock: Bedrock): Servers | undefined {
  const destinations = [...models.values()].flat();
  return destinations.some(({ provider }) => provider === 'openai') ? undefined : new OpenAiServers({ bedrock });
}
