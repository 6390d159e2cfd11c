import fc from 'fast-check';
import { stringify } from 'yaml';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { parseTemplate, TemplateError } from '@/lib/guard/template/parse';
import { runsOf, TIMES } from '../../support/property-runs';

jest.setTimeout(60_000 * TIMES);
const context = { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' };

/** Reads and checks a text; the only permitted error states why it can't be read. */
function readingOf(text: string): 'unreadable' | 'read' {
  try {
    const { resources, findings } = checkTemplate(parseTemplate(text), context);
    expect(resources).toBeGreaterThanOrEqual(0);
    expect(findings.map(({ message }) => message).filter((message) => / failed on it: /.test(message))).toEqual([]);
    return 'read';
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    expect(error.message).not.toBe('');
    return 'unreadable';
  }
}

const FUNCTIONS = [
  ...['Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::If', 'Fn::FindInMap', 'Fn::Base64'],
  ...['Fn::ToJsonString', 'Fn::GetAZs', 'Fn::ImportValue', 'Fn::Cidr', 'Fn::Transform', 'Fn::Length', 'Fn::ForEach::A'],
];
const NAMES = ['A', 'B', 'AWS::Region', 'AWS::NoValue', '__proto__', 'constructor', 'toString', '', '0'];
const TYPES = [
  ...['AWS::IAM::Policy', 'AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine', 'Custom::X'],
  ...['AWS::CloudFormation::StackSet', 'AWS::Serverless::Function', 'AWS::Bedrock::Agent', 'AWS::SNS::Topic', 'X'],
];
const PROPERTIES = [
  ...['PolicyDocument', 'Statement', 'Effect', 'Action', 'Resource', 'Condition', 'Policies', 'Environment', 'Rules'],
  ...['DefinitionString', 'TemplateBody', 'UserData', 'BucketName', 'Subscription', 'Regions', 'Region', 'Events'],
];
const scalar = fc.oneof(
  fc.string(),
  fc.constantFrom<unknown>(...NAMES, '${A}', '${', 'us-east-1', null, true, 0, -1, 1e308),
);

/** Values in the form of a template's, with functions called in every wrong way. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...PROPERTIES, ...NAMES), tie('value'), { maxKeys: 4 }),
    fc.tuple(fc.constantFrom(...FUNCTIONS), tie('value')).map(([name, argument]) => ({ [name]: argument })),
  ),
}));
const section = fc.oneof(value, fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 3 }));
const resource = fc.record({
  Type: fc.oneof(fc.constantFrom<unknown>(...TYPES), value),
  Properties: value,
  Metadata: value,
});
const template = fc.record(
  {
    Resources: fc.oneof(value, fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(resource, value), { maxKeys: 4 })),
    Parameters: section,
    Mappings: section,
    Conditions: section,
    Globals: section,
    Outputs: section,
    Transform: fc.oneof(value, fc.constantFrom('AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions')),
  },
  { requiredKeys: ['Resources'] },
);

const hold = (text: fc.Arbitrary<string>, runs: ReturnType<typeof runsOf>) => {
  const ends = { read: 0, unreadable: 0 };
  fc.assert(
    fc.property(text, (input) => {
      ends[readingOf(input)] += 1;
    }),
    runs,
  );
  return ends;
};

test("any JSON yields a result or the reason why it can't be read", () => {
  hold(fc.json({ maxDepth: 6 }), runsOf(400));
});

test('templates with arbitrary parts yield a result', () => {
  const ends = hold(
    template.map((one) => JSON.stringify(one)),
    runsOf(600),
  );
  expect(ends.unreadable).toBe(0);
});

test('the same templates as YAML yield a result', () => {
  const ends = hold(
    template.map((one) => stringify(one)),
    runsOf(100),
  );
  expect(ends.read).toBeGreaterThan(0);
});

test("any text, with or without YAML syntax, yields a result or the reason why it can't be read", () => {
  const mark = fc.constantFrom(
    ...[
      'Resources:',
      '\n',
      '\n  ',
      ': ',
      '- ',
      '!Sub ',
      '!GetAtt ',
      '!If ',
      '&a ',
      '*a',
      '<<: ',
      '? ',
      '| ',
      '> ',
      '{',
      '}',
    ],
    ...[
      '[',
      ']',
      '"',
      "'",
      '#',
      '---',
      '%YAML 1.2',
      '!!binary ',
      '!!set ',
      '!!timestamp ',
      '\t',
      '\u0000',
      '\uFEFF',
      'a',
      '~',
    ],
  );
  const ends = hold(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(mark, { maxLength: 25 }).map((list) => list.join('')),
    ),
    runsOf(400, 800),
  );
  expect(ends.read).toBeGreaterThan(0);
});
