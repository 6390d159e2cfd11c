/** What a deployment writes beside the bundle as `policy.json`: what the function is for, and where. */
export interface ProviderPolicy {
  readonly task: 'retention' | 'check';
  readonly boundary: string;
  /** Whether the retention mode is set, or only read because somebody else sets it. */
  readonly mode: 'manage' | 'verify';
  /** Every Region that may process or keep a request. */
  readonly regions: readonly string[];
  /** Where model invocation logging may write, in one Region; nowhere when left out. */
  readonly logging?: DeclaredLogging;
  /** What is called, with every Region that the facts say may process a request. */
  readonly destinations: readonly ProviderDestination[];
}

/** Where an owner wants prompts and answers of workspaces logged. */
export interface DeclaredLogging {
  readonly region: string;
  readonly bucket?: string;
  readonly logGroup?: string;
}

export interface ProviderDestination {
  readonly id: string;
  readonly sourceRegion: string;
  readonly throughProfile: boolean;
  readonly regions: readonly string[];
}

/**
 * Reads the text of a `policy.json`. It is part of the deployed code, so nothing in an event can change it.
 *
 * @throws if it isn't one, or holds a key that this handler wouldn't honour
 */
export function parseProviderPolicy(text: string): ProviderPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('is not JSON');
  }
  if (!isMap(value)) throw wrong('is not an object');
  const { task, boundary, mode, regions, logging, destinations, ...unknown } = value;
  if (Object.keys(unknown).length > 0) throw wrong(`holds keys that are not known: ${Object.keys(unknown).join(', ')}`);
  if (task !== 'retention' && task !== 'check') throw wrong("has no 'task' that is retention or check");
  if (mode !== 'manage' && mode !== 'verify') throw wrong("has no 'mode' that is manage or verify");
  if (typeof boundary !== 'string') throw wrong("names no 'boundary'");
  if (!isTexts(regions) || regions.length === 0) throw wrong("names no 'regions'");
  if (logging !== undefined && !isLogging(logging))
    throw wrong("has a 'logging' without region, or with other than names");
  if (!Array.isArray(destinations) || !destinations.every(isDestination)) {
    throw wrong("has no 'destinations' with id, sourceRegion, throughProfile and regions");
  }
  return { task, boundary, mode, regions, ...(logging && { logging }), destinations };
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const isLogging = (value: unknown): value is DeclaredLogging =>
  isMap(value) && typeof value.region === 'string' && isTexts(Object.values(value));

const isDestination = (value: unknown): value is ProviderDestination =>
  isMap(value) &&
  typeof value.id === 'string' &&
  typeof value.sourceRegion === 'string' &&
  typeof value.throughProfile === 'boolean' &&
  isTexts(value.regions);

const wrong = (what: string) =>
  new Error(`policy.json ${what}; deploy the function and its policy anew, from one version of the package`);
