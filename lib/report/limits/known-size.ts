// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

/** The shortest values of what a template knows only at deployment. Everything else counts as nothing. */
const SHORTEST: Readonly<Record<string, string>> = {
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
};

/** The units of limits on a size. */
export type SizeUnit = 'bytes' | 'characters';

/** The least size that a value of a template can have as JSON without white space. */
export function knownSize(value: Json, unit: SizeUnit): number {
  const text = isOptional(value) ? '' : (JSON.stringify(shortest(value)) ?? '');
  return unit === 'bytes' ? Buffer.byteLength(text) : text.length;
}

function shortest(value: Json): Json {
  if (Array.isArray(value)) return value.filter((one) => !isOptional(one)).map(shortest);
  if (typeof value !== 'object' || value === null) return value;
  const [name, given] = intrinsicOf(value) ?? [];
  if (name === 'Ref') return SHORTEST[given] ?? '';
  if (name === 'Fn::Join' && Array.isArray(given) && Array.isArray(given[1])) return shortest(given[1]).join(given[0]);
  if (name !== undefined) return '';
  const entries = Object.entries(value).filter(([, one]) => !isOptional(one));
  return Object.fromEntries(entries.map(([key, one]) => [key, shortest(one)]));
}

/** Whether the deployment may leave a value out, with its name. */
function isOptional(value: Json): boolean {
  const [name, given] = intrinsicOf(value) ?? [];
  return name === 'Fn::If' || (name === 'Ref' && given === 'AWS::NoValue');
}

function intrinsicOf(value: Json): [string, Json] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [only, ...others] = Object.entries<Json>(value);
  return only !== undefined && others.length === 0 && (only[0] === 'Ref' || only[0].startsWith('Fn::'))
    ? only
    : undefined;
}
