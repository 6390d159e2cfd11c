import type { DeclaredProvider } from '../../boundary/declared-provider';
import { openAiProvider } from '../../boundary/provider';
import { isOutsideAws } from '../../boundary/provider-of';
import type { ServerDestination } from '../../boundary/server';
import type { DeploymentConfig } from './config';

type Declaring = Pick<DeploymentConfig, 'models' | 'openai' | 'providers'>;

/** Every provider outside AWS that a file declares, OpenAI as `openai`. */
export const declaredProviders = ({ openai, providers }: Omit<Declaring, 'models'>): DeclaredProvider[] => [
  ...(openai ? [openAiProvider(openai)] : []),
  ...(providers?.declared ?? []),
];

/**
 * The provider of a destination outside AWS.
 *
 * @throws if the file declares none of its name, which the checks of a file exclude
 */
export function providerIn(
  deployment: Omit<Declaring, 'models'>,
  { id, providerName = 'openai' }: ServerDestination,
): DeclaredProvider {
  const found = declaredProviders(deployment).find(({ name }) => name === providerName);
  if (found !== undefined) return found;
  throw new Error(
    `provider '${providerName}' of destination '${id}' must be declared, got none; declare it in 'providers'`,
  );
}

/** The declared providers outside AWS that a destination names, each once. */
export const calledProviders = (deployment: Declaring): DeclaredProvider[] => {
  const called = new Set(
    deployment.models.flatMap(({ destinations }) =>
      destinations.filter(isOutsideAws).map(({ providerName = 'openai' }) => providerName),
    ),
  );
  return declaredProviders(deployment).filter(({ name }) => called.has(name));
};
