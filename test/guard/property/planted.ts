import fc from 'fast-check';

/** A plan for hiding a value: each step wraps the result of the previous one. */
interface Plan {
  readonly place: number;
  readonly inText: readonly ((text: string) => string)[];
  readonly asValue: (text: string, at: number, sections: Sections) => unknown;
  readonly wraps: readonly ((value: unknown, sections: Sections) => unknown)[];
  readonly way: readonly ((value: unknown) => unknown)[];
  readonly type: string;
  readonly neighbours: readonly { readonly type: string; readonly properties: unknown }[];
  readonly at: number;
}

interface Sections {
  readonly Parameters: Record<string, unknown>;
  readonly Mappings: Record<string, unknown>;
  readonly Conditions: Record<string, unknown>;
}

/** Pairs of values of the same kind, outside and inside the EU. */
const PLACES: readonly (readonly [outside: string, inside: string])[] = [
  ['us-east-1', 'eu-west-1'],
  ['eu-west-2', 'eu-west-3'],
  ['eu-central-2', 'eu-central-1'],
  ['ap-southeast-2', 'eu-north-1'],
  ['us-east-1a', 'eu-central-1a'],
  ['eu-central-1-ist-1a', 'eu-central-1-ham-1a'],
  ['arn:aws:sqs:us-west-2:111122223333:orders', 'arn:aws:sqs:eu-west-1:111122223333:orders'],
  ['arn:aws:lambda:ca-central-1:111122223333:function:f', 'arn:aws:lambda:eu-south-1:111122223333:function:f'],
  ['https://sqs.us-east-2.amazonaws.com/111122223333/q', 'https://sqs.eu-north-1.amazonaws.com/111122223333/q'],
  ['db.abc123.ap-south-1.rds.amazonaws.com', 'db.abc123.eu-south-2.rds.amazonaws.com'],
  ['https://api.openai.com/v1', 'https://sqs.eu-central-1.amazonaws.com'],
  ['us.anthropic.claude-sonnet-4-6', 'eu.anthropic.claude-sonnet-4-6'],
  ['global.anthropic.claude-sonnet-4-6', 'eu.anthropic.claude-sonnet-4-6'],
];

const TYPES = [
  'AWS::Lambda::Function',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::DynamoDB::Table',
  'AWS::Logs::LogGroup',
  'AWS::ECS::Service',
  'AWS::EC2::Instance',
  'AWS::Glue::Job',
  'AWS::Batch::JobDefinition',
  'AWS::SSM::Document',
  'AWS::StepFunctions::StateMachine',
  'AWS::RDS::DBParameterGroup',
];
const KEYS = ['Settings', 'Options', 'Alpha', 'Items', 'lowerCase', 'With-Hyphen', 'Ref2', 'Environment', 'Variables'];

const IN_TEXT: readonly ((text: string) => string)[] = [
  (text) => `aws s3 sync . s3://x --region ${text} --quiet`,
  (text) => `first line\n  ${text}\nlast line`,
  (text) => `x=1;y="${text}"`,
  (text) => JSON.stringify({ outer: { list: [1, text] } }),
  (text) => JSON.stringify([text]),
];

/** A parameter or row name that is unique in its section. */
const named = (record: Record<string, unknown>, prefix: string, value: unknown): string => {
  const name = `${prefix}${Object.keys(record).length}`;
  record[name] = value;
  return name;
};

const escaped = (text: string) => text.replaceAll('${', '${!');
const cut = (text: string, at: number): [string, string] => [
  text.slice(0, at % text.length),
  text.slice(at % text.length),
];

const AS_VALUE: readonly Plan['asValue'][] = [
  (text) => text,
  (text) => ({ 'Fn::Sub': escaped(text) }),
  (text, at) => ({ 'Fn::Sub': ['${A}${B}', { A: cut(text, at)[0], B: cut(text, at)[1] }] }),
  (text, at) => ({ 'Fn::Join': ['', cut(text, at)] }),
  (text) => ({ 'Fn::Join': ['-', text.split('-')] }),
  (text) => ({ 'Fn::Join': ['', [...text]] }),
  (text, at, { Parameters }) => {
    const [head, tail] = cut(text, at);
    const name = named(Parameters, 'Head', { Type: 'String', Default: head });
    return { 'Fn::Sub': `\${${name}}${escaped(tail)}` };
  },
  (text, _, { Parameters }) => ({ Ref: named(Parameters, 'Place', { Type: 'String', Default: text }) }),
  (text, _, { Parameters }) => ({
    Ref: named(Parameters, 'Place', { Type: 'String', Default: 'eu-central-1', AllowedValues: ['eu-central-1', text] }),
  }),
  (text, _, { Mappings }) => ({
    'Fn::FindInMap': [named(Mappings, 'Map', { row: { one: 'eu-west-1', two: text } }), 'row', 'two'],
  }),
  (text, _, { Mappings }) => ({
    'Fn::FindInMap': [named(Mappings, 'Map', { '111122223333': { place: text } }), { Ref: 'AWS::AccountId' }, 'place'],
  }),
  (text, at) => ({ 'Fn::Select': [at % 3, { 'Fn::Split': ['|', [text, text, text].join('|')] }] }),
  (text) => ({ 'Fn::Select': ['1', { 'Fn::Split': ['|', `eu-west-1|${text}|eu-west-1`] }] }),
  (text) => ({ 'Fn::Base64': `#!/bin/sh\nexport TARGET=${text}\n` }),
  (text) => ({ 'Fn::ToJsonString': { list: [{ target: text }] } }),
  (text) => ({ UserData: Buffer.from(`#!/bin/sh\nexport TARGET=${text}\n`).toString('base64') }),
  (text) => ({ UserData: { 'Fn::Base64': { 'Fn::Join': ['\n', ['#!/bin/sh', `export TARGET=${text}`]] } } }),
];

const condition = ({ Conditions, Parameters }: Sections) => {
  const stage = named(Parameters, 'Stage', { Type: 'String', Default: 'dev' });
  return named(Conditions, 'Is', { 'Fn::Equals': [{ Ref: stage }, 'prod'] });
};

const WRAPS: readonly Plan['wraps'][number][] = [
  (value, sections) => ({ 'Fn::If': [condition(sections), value, 'eu-central-1'] }),
  (value, sections) => ({ 'Fn::If': [condition(sections), { Ref: 'AWS::NoValue' }, value] }),
  (value, sections) => ({
    'Fn::If': [condition(sections), 'eu-west-1', { 'Fn::If': [condition(sections), 'eu-west-3', value] }],
  }),
  (value) => ({ 'Fn::Select': [1, ['eu-central-1', value]] }),
];

/** Steps on the way down: maps and lists of any kind. */
const steps = fc.oneof(
  fc.constantFrom(...KEYS).map((key) => (value: unknown) => ({ [key]: value })),
  fc.constantFrom(...KEYS).map((key) => (value: unknown) => ({ Count: 3, [key]: value, Last: { Name: 'x' } })),
  fc.nat(3).map((before) => (value: unknown) => [...Array<string>(before).fill('eu-central-1'), value, true]),
);

const harmless: fc.Arbitrary<unknown> = fc.oneof(
  { maxDepth: 4 },
  fc.constantFrom('orders', 'eu-central-1', 'eu-west-1', 'rate(5 minutes)', 42, true, { Ref: 'AWS::Region' }),
  fc.constantFrom('arn:aws:sqs:eu-central-1:111122223333:q', { 'Fn::Sub': '${AWS::StackName}-${AWS::Region}' }),
  fc.array(fc.constantFrom('a', 'b', { Ref: 'AWS::AccountId' }), { maxLength: 4 }),
);
const properties = fc.dictionary(fc.constantFrom(...KEYS), harmless, { maxKeys: 4 });

export const plans: fc.Arbitrary<Plan> = fc.record({
  place: fc.nat(PLACES.length - 1),
  inText: fc.array(fc.constantFrom(...IN_TEXT), { maxLength: 2 }),
  asValue: fc.constantFrom(...AS_VALUE),
  wraps: fc.array(fc.constantFrom(...WRAPS), { maxLength: 3 }),
  way: fc.array(steps, { maxLength: 20 }),
  type: fc.constantFrom(...TYPES),
  neighbours: fc.array(fc.record({ type: fc.constantFrom(...TYPES), properties }), { maxLength: 3 }),
  at: fc.nat(1000),
});

/** The template of a plan with a value outside the EU, or with one of the same kind inside it. */
export function planted(plan: Plan, where: 'outside' | 'inside'): Record<string, unknown> {
  const sections: Sections = { Parameters: {}, Mappings: {}, Conditions: {} };
  const place = PLACES[plan.place]?.[where === 'outside' ? 0 : 1] as string;
  const text = plan.inText.reduce((value, hide) => hide(value), place);
  const value = plan.wraps.reduce((inner, wrap) => wrap(inner, sections), plan.asValue(text, plan.at, sections));
  const Planted = { Type: plan.type, Properties: { Zeta: plan.way.reduce((inner, step) => step(inner), value) } };
  const neighbours = plan.neighbours.map(({ type, properties: Properties }, index) => [
    `Neighbour${index}`,
    { Type: type, Properties },
  ]);
  return { ...sections, Resources: { ...Object.fromEntries(neighbours), Planted } };
}
