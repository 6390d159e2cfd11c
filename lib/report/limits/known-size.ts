// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

/** The shortest values of what a template knows only at deployment. Everything else counts as nothing. */
const SHORTEST: Readonly<Record<string, string>> = {
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
};

/** The least size in bytes that a value of a template can have as JSON without white space. */
export const knownSize = (value: Json): number => Buffer.byteLength(JSON.stringify(shortest(value)));

function shortest(value: Json): Json {
  if (Array.isArray(value)) return value.map(shortest);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, given] = ['', undefined], ...others] = Object.entries<Json>(value);
  if (others.length === 0 && name === 'Ref') return SHORTEST[given] ?? '';
  if (others.length === 0 && name === 'Fn::Join' && Array.isArray(given[1])) return shortest(given[1]).join(given[0]);
  if (others.length === 0 && name.startsWith('Fn::')) return '';
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shortest(one)]));
}
