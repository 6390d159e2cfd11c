import { ApiError } from '../errors/api-error';
import type { KeyRegistry } from './key-registry';

/**
 * What a registry has for an ID.
 *
 * @param refresh whether to bypass a cached record
 * @throws ApiError if the registry can't be reached: a key that can't be checked isn't accepted
 */
export async function findKey<Found extends object>(
  registry: KeyRegistry<Found>,
  id: string,
  refresh = false,
): Promise<Found | undefined> {
  try {
    return await registry.find(id, refresh);
  } catch (error) {
    return unavailable(error);
  }
}

/** A key that can't be checked isn't accepted, nor is that of a project that can't be read. */
export function unavailable(cause: unknown): never {
  throw new ApiError(503, 'keys_unavailable', "API keys can't be checked at the moment; try again", {
    headers: { 'retry-after': '1' },
    cause,
  });
}
