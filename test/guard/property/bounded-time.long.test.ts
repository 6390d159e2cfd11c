import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { blocks } from '@/lib/guard/finding';
import { parseTemplate } from '@/lib/guard/template/parse';
import { REPEATED_PARTS } from './repeated-parts';

jest.setTimeout(120_000);
const context = { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' };

/**
 * The processor time of reading and checking, in milliseconds, and whether there are findings. Other work on the machine
 * doesn't count.
 */
function timed(template: unknown): { readonly took: number; readonly found: boolean } {
  const text = JSON.stringify(template);
  const before = process.cpuUsage();
  const { findings } = checkTemplate(parseTemplate(text), context);
  const { user, system } = process.cpuUsage(before);
  return { took: (user + system) / 1000, found: findings.some(blocks) };
}

const lambda = (value: unknown) => ({
  Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { V: value } } } } },
});

const SHORT = 25_000;
const LONG = 4 * SHORT;
/** Allowance for garbage collection and compilation; a combinatorial explosion takes minutes. */
const NOISE_MS = 400;
const fill = (part: string, length: number) => part.repeat(Math.ceil(length / part.length));

test.each(REPEATED_PARTS.map((part) => [JSON.stringify(part), part]))(
  'long runs of %s take proportional time',
  (_, part) => {
    for (const end of ['', 'x', '!', 'us-east-1', '.example']) {
      const short = timed(lambda(fill(part, SHORT) + end)).took;
      const long = timed(lambda(fill(part, LONG) + end)).took;
      expect(long).toBeLessThan(8 * short + NOISE_MS);
    }
  },
);

test.each(['UserData', 'DefinitionString', 'BucketName', 'ApiEndpoint'])('long runs as %s take bounded time', (key) => {
  for (const part of REPEATED_PARTS) {
    const resource = { Type: 'AWS::EC2::Instance', Properties: { [key]: fill(part, LONG) } };
    expect(timed({ Resources: { A: resource } }).took).toBeLessThan(2_000);
  }
});

test('a leak in the last resource of a 5 MB template is found in bounded time', () => {
  const properties = {
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Environment: { Variables: { TEXT: 'one two-three 4 '.repeat(60), QUEUE: { 'Fn::Sub': 'q-${AWS::Region}' } } },
  };
  const resources = Array.from({ length: 5_000 }, (_, index) => [
    `Fn${index}`,
    { Type: 'AWS::Lambda::Function', Properties: { ...properties, Description: `number ${index}` } },
  ]);
  const last = lambda('us-east-1').Resources.Fn;
  const template = { Resources: { ...Object.fromEntries(resources), Last: last } };
  expect(JSON.stringify(template).length).toBeGreaterThan(5_000_000);
  const { took, found } = timed(template);
  expect(found).toBe(true);
  expect(took).toBeLessThan(10_000);
});

test('conditions 50 levels deep in 500 resources, and one 500 deep, take bounded time', () => {
  const nested = (depth: number): unknown =>
    depth === 0 ? 'us-east-1' : { 'Fn::If': ['C', 'eu-west-1', nested(depth - 1)] };
  const conditions = {
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    Parameters: { P: { Type: 'String' } },
  };
  const many = Array.from({ length: 500 }, (_, index) => [`Fn${index}`, lambda(nested(50)).Resources.Fn]);
  const { took, found } = timed({ ...conditions, Resources: Object.fromEntries(many) });
  expect(found).toBe(true);
  expect(took).toBeLessThan(10_000);
  expect(() => timed({ ...conditions, ...lambda(nested(500)) })).toThrow('nested more than 200 levels deep');
});

const PLACES = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [
    `P${index}`,
    { Type: 'String', AllowedValues: ['eu-central-1', 'us-east-1', 'eu-west-1'] },
  ]),
);
const REFS = Object.keys(PLACES).map((name) => ({ Ref: name }));
/** A text that doubles at every level. */
const doubled = (levels: number): unknown =>
  levels === 0 ? 'us-east-1 ' : { 'Fn::Sub': ['${X}${X}', { X: doubled(levels - 1) }] };

test.each<[string, unknown]>([
  ['a list of 40 parameters joined', { 'Fn::Join': [' ', REFS] }],
  ['40 parameters in a text', { 'Fn::Sub': REFS.map(({ Ref }) => `\${${Ref}}`).join(' ') }],
  ['branches of branches', REFS.reduce<unknown>((inner, ref) => ({ 'Fn::If': ['C', inner, ref] }), 'us-east-1')],
  ['a text that doubles 40 times', doubled(40)],
])('values that multiply are unresolved rather than enumerated: %s', (_, value) => {
  const { took, found } = timed({ Parameters: PLACES, ...lambda(value) });
  expect(found).toBe(true);
  expect(took).toBeLessThan(5_000);
});

test("each of a parameter's 900 values is checked wherever the parameter is used", () => {
  const AllowedValues = Array.from({ length: 900 }, (_, index) => (index === 700 ? 'us-east-1' : `eu-${index}`));
  const many = Array.from({ length: 500 }, (_, index) => [
    `Fn${index}`,
    lambda({ 'Fn::Sub': 'place ${Place}' }).Resources.Fn,
  ]);
  const template = {
    Parameters: { Place: { Type: 'String', AllowedValues } },
    Resources: Object.fromEntries(many),
  };
  const { findings } = checkTemplate(template, context);
  expect(findings.map(({ level, value }) => `${level} ${value}`)).toEqual(many.map(() => 'block us-east-1'));
  expect(timed(template).took).toBeLessThan(10_000);
});

test.each([
  ['lists', '[', ']'],
  ['maps', '{"a":', '}'],
])("a text with 50,000 nested %s stops the deployment, because it can't be checked", (_, open, close) => {
  const text = `${open.repeat(50_000)}"us-east-1"${close.repeat(50_000)}`;
  const Machine = { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: text } };
  const { took, found } = timed({ Resources: { Machine } });
  expect(found).toBe(true);
  expect(took).toBeLessThan(10_000);
});

test('cyclic references of parameters, rows and resources take bounded time', () => {
  const template = {
    Parameters: { A: { Type: 'String', Default: { Ref: 'B' } }, B: { Type: 'String', Default: { Ref: 'A' } } },
    Mappings: { M: { a: { b: { 'Fn::FindInMap': ['M', 'a', 'b'] } } } },
    Conditions: { C: { Condition: 'D' }, D: { Condition: 'C' } },
    ...lambda([
      { Ref: 'A' },
      { 'Fn::FindInMap': ['M', 'a', 'b'] },
      { 'Fn::If': ['C', 'a', { 'Fn::Sub': '${Fn.Arn}' }] },
    ]),
  };
  expect(timed(template).took).toBeLessThan(5_000);
});

test('huge texts, keys and lists take bounded time', () => {
  const MB = 1024 * 1024;
  expect(timed(lambda('x'.repeat(5 * MB))).took).toBeLessThan(10_000);
  expect(timed(lambda(`${'x y-'.repeat(MB)} us-east-1`))).toMatchObject({ found: true });
  expect(timed(lambda({ ['k'.repeat(MB)]: 'v' })).took).toBeLessThan(10_000);
  expect(timed(lambda(Array.from({ length: 200_000 }, (_, index) => `item ${index}`))).took).toBeLessThan(10_000);
  expect(timed(lambda(JSON.stringify(Array.from({ length: 200_000 }, () => 'item')))).took).toBeLessThan(10_000);
});
