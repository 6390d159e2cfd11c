/** A provider outside AWS, by whose protocol and facts a deployment can call it. */
export const SERVICES = ['openai', 'azure', 'mistral', 'google', 'scaleway', 'ovhcloud', 'ionos', 'stackit'] as const;

export type Service = (typeof SERVICES)[number];

/** The names that no declared provider may have, because destinations of these kinds exist without a declaration. */
export const RESERVED_PROVIDERS = ['bedrock', 'openai', 'vpc'] as const;

/** Whether a name is of destinations of another kind, so that no provider may have it. */
export const isReservedProvider = (name: string): boolean => (RESERVED_PROVIDERS as readonly string[]).includes(name);
