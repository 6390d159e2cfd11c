/**
 * The settings of every store's client. Neither the environment nor a configuration file decides anything. A throttled call
 * had no effect, so it is attempted up to three times in total. A call that failed otherwise may have counted, and counts
 * again: counts may be too high, never too low.
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
