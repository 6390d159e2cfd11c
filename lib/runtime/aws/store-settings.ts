/**
 * How every client of a store is set, so that nothing is left for the environment or a configuration file to decide. A
 * throttled call did nothing, so it is made again, three times in all; one that failed otherwise may have counted, and counts
 * again: too much is counted, never too little.
 */
export const STORE_SETTINGS = {
  maxAttempts: 3,
  retryMode: 'standard',
  defaultsMode: 'standard',
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  authSchemePreference: ['sigv4'] as string[],
  userAgentAppId: undefined,
} as const;
