import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import { blocking, verdicts } from './verdicts';

/** A template with the transform. */
const extended = (rest: string) => `Transform: AWS::LanguageExtensions\n${rest}`;

const QUEUES = `
Resources:
  Fn::ForEach::Queues:
    - Name
    - [orders, refunds]
    - Queue\${Name}:
        Type: AWS::SQS::Queue
        Properties: { QueueName: !Sub '\${Name}-\${AWS::Region}' }
`;

test('a loop over plain names is clean', () => {
  expect(verdicts(extended(QUEUES))).toEqual([]);
});

test('without the transform a loop is refused, and the message says what is missing', () => {
  const [finding, ...others] = blocking(QUEUES);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    level: 'unresolved',
    rule: 'template-transform',
    path: '/Resources/Fn::ForEach::Queues',
  });
  expect(finding?.fix).toBe("Add 'AWS::LanguageExtensions' to 'Transform', or write out what the loop makes.");
});

test('each turn is judged under the logical id that it makes', () => {
  const found = verdicts(
    extended(`
Resources:
  Fn::ForEach::Copies:
    - Place
    - [eu-west-1, us-east-1, ap-south-1]
    - Table&{Place}:
        Type: AWS::DynamoDB::GlobalTable
        Properties:
          Replicas: [{ Region: eu-central-1 }, { Region: !Ref Place }]
`),
  );
  expect(found).toEqual([
    'block place-outside Tableuseast1/Properties/Replicas/1/Region',
    'block place-outside Tableapsouth1/Properties/Replicas/1/Region',
  ]);
});

test('loops in loops, over a mapping and a parameter', () => {
  const found = verdicts(
    extended(`
Parameters:
  Stages: { Type: CommaDelimitedList, Default: 'beta,prod' }
Mappings:
  Places: { beta: { List: [eu-west-1] }, prod: { List: [eu-west-1, us-west-2] } }
Resources:
  Fn::ForEach::Stages:
    - Stage
    - !Ref Stages
    - Fn::ForEach::Places:
        - Place
        - !FindInMap [Places, !Ref Stage, List]
        - Call\${Stage}&{Place}:
            Type: AWS::Lambda::Function
            Properties:
              Environment: { Variables: { QUEUE: !Sub 'https://sqs.\${Place}.amazonaws.com/111122223333/jobs' } }
`),
  );
  expect(found).toEqual(['block place-outside Callproduswest2/Properties/Environment/Variables/QUEUE']);
});

test('a loop in a property, in conditions and in outputs', () => {
  const found = verdicts(
    extended(`
Parameters: { Env: { Type: String, Default: prod } }
Conditions:
  Fn::ForEach::Is:
    - Name
    - [prod, test]
    - Is\${Name}: !Equals [!Ref Env, !Ref Name]
Resources:
  Call:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          Fn::ForEach::Targets:
            - Target
            - [eu-west-1, us-east-2]
            - TARGET_&{Target}: !If [Isprod, !Ref Target, none]
  Store: { Type: AWS::S3::Bucket }
Outputs:
  Fn::ForEach::Out:
    - Attribute
    - [Arn, DomainName]
    - Store\${Attribute}: { Value: !GetAtt [Store, !Ref Attribute] }
`),
  );
  expect(found).toEqual(['block place-outside Call/Properties/Environment/Variables/TARGET_useast2']);
});

test.each([
  [
    'a parameter without default',
    'Parameters: { List: { Type: CommaDelimitedList } }',
    '!Ref List',
    /^the list of a loop can't be decided: parameter 'List' has no default/,
  ],
  [
    'a parameter from Systems Manager',
    "Parameters: { List: { Type: 'AWS::SSM::Parameter::Value<List<String>>' } }",
    '!Ref List',
    /is read from Systems Manager at deploy/,
  ],
  ['what a resource answers', '', '!GetAtt Other.List', /^the list of a loop is what 'Other' answers at deploy/],
  ['a text', '', 'orders', null],
  ['a map', '', '{ a: b }', /^the list of a loop is no list of texts/],
])('a loop over %s stays unresolved, and its body is judged all the same', (_, parameters, list, reason) => {
  const found = blocking(
    extended(`
${parameters}
Resources:
  Fn::ForEach::Calls:
    - Name
    - ${list}
    - Call\${Name}:
        Type: AWS::Lambda::Function
        Properties:
          Environment: { Variables: { NAME: !Ref Name, QUEUE: https://sqs.us-east-1.amazonaws.com/1/q } }
`),
  );
  if (reason) {
    expect(found).toContainEqual(
      expect.objectContaining({
        level: 'unresolved',
        path: '/Resources/Fn::ForEach::Calls',
        message: expect.stringMatching(reason),
      }),
    );
  }
  expect(found).toContainEqual(
    expect.objectContaining({
      level: 'block',
      logicalId: reason ? 'Call${Name}' : 'Callorders',
      path: '/Properties/Environment/Variables/QUEUE',
    }),
  );
});

test.each([
  [
    'too many turns',
    `[${Array.from({ length: 100 }, (_, index) => `n${index}`)}]`,
    4,
    'the loops make more than can be looked at',
  ],
  ['two turns that make the same key', '[a-b, ab]', 1, "loops make 'Qab' more than once"],
])('%s: the loop stays unresolved', (_, list, depth, reason) => {
  const body = (level: number): unknown =>
    level === 0
      ? {
          [`Q${Array.from({ length: depth }, (_, index) => `&{N${index + 1}}`).join('')}`]: { Type: 'AWS::SQS::Queue' },
        }
      : { [`Fn::ForEach::L${level}`]: [`N${level}`, JSON.parse(list.replace(/[\w-]+/g, '"$&"')), body(level - 1)] };
  const before = process.cpuUsage();
  const found = blocking(JSON.stringify({ Transform: ['AWS::LanguageExtensions'], Resources: body(depth) }));
  expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining(reason));
  expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
});

test('a list of allowed values is looped over in full', () => {
  const found = verdicts(
    extended(`
Parameters: { List: { Type: CommaDelimitedList, AllowedValues: [eu-west-1, us-east-1] } }
Resources:
  Fn::ForEach::Calls:
    - Place
    - !Ref List
    - Call&{Place}: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: !Ref Place }] } }
`),
  );
  expect(found).toEqual(['block place-outside Calluseast1/Properties/Replicas/0/Region']);
});

test('what the functions of the extensions hold is judged', () => {
  const found = verdicts(
    extended(`
Mappings: { Places: { eu-central-1: { Peer: eu-west-1 } } }
Resources:
  Call:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          CONFIG: !ToJsonString { queue: 'https://sqs.us-east-1.amazonaws.com/1/q', inside: eu-west-1 }
          COUNT: !Length [a, b]
          PEER: !FindInMap [Places, !Ref AWS::Region, Peer, DefaultValue: eu-west-1]
          OTHER: !FindInMap [Places, eu-west-9, Peer, DefaultValue: us-west-1]
`),
  );
  expect(found).toEqual([
    'block place-outside Call/Properties/Environment/Variables/CONFIG/queue',
    'block place-outside Call/Properties/Environment/Variables/OTHER',
  ]);
});

test('beside a macro that is not known the loops are read and the macro is refused', () => {
  const found = blocking(`Transform: [AWS::LanguageExtensions, Ours]\n${QUEUES}`);
  expect(found).toEqual([expect.objectContaining({ rule: 'template-transform', level: 'unresolved', value: 'Ours' })]);
});

test('exports that a loop makes are known where another stack imports them', () => {
  const input = (stack: string, template: Record<string, unknown>) => ({
    file: stack,
    stack,
    group: 'g',
    template,
    deployRegion: 'eu-west-1',
  });
  const { findings } = checkInputs(
    {
      unreadable: [],
      templates: [
        input('a', {
          Transform: 'AWS::LanguageExtensions',
          Resources: {},
          Outputs: {
            'Fn::ForEach::P': ['P', ['us-east-1'], { 'Out&{P}': { Value: { Ref: 'P' }, Export: { Name: 'peer' } } }],
          },
        }),
        input('b', {
          Resources: {
            T: {
              Type: 'AWS::DynamoDB::GlobalTable',
              Properties: { Replicas: [{ Region: { 'Fn::ImportValue': 'peer' } }] },
            },
          },
        }),
      ],
    },
    { boundary: ResidencyBoundary.eu(), deployRegions: [] },
  );
  expect(findings).toEqual([expect.objectContaining({ rule: 'place-outside', stack: 'b', value: 'us-east-1' })]);
});
