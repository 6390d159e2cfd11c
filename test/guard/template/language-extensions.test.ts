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

test('a loop over plain names has no finding', () => {
  expect(verdicts(extended(QUEUES))).toEqual([]);
});

test('a loop without the transform is refused, and the message names the transform', () => {
  const [finding, ...others] = blocking(QUEUES);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    level: 'unresolved',
    rule: 'template-transform',
    path: '/Resources/Fn::ForEach::Queues',
  });
  expect(finding?.fix).toBe(
    "Add 'AWS::LanguageExtensions' to 'Transform', or write out the entries that the loop generates.",
  );
});

test('each iteration is checked under its generated logical id', () => {
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

test('nested loops over a mapping and a parameter are unrolled', () => {
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

test('a loop in a property, in conditions and in outputs is unrolled', () => {
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
  ["a resource's attribute", '', '!GetAtt Other.List', /^the list of a loop is returned by 'Other' at deployment/],
  ['a text', '', 'orders', null],
  ['a map', '', '{ a: b }', /^the list of a loop isn't a list of strings/],
])('a loop over %s stays unresolved, and its body is still checked', (_, parameters, list, reason) => {
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
    'too many iterations',
    `[${Array.from({ length: 100 }, (_, index) => `n${index}`)}]`,
    4,
    'the loops generate more than the guard can check',
  ],
  ['two iterations that generate the same key', '[a-b, ab]', 1, "loops generate 'Qab' more than once"],
])('a loop with %s stays unresolved', (_, list, depth, reason) => {
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

test('a loop over allowed values covers all of them', () => {
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

test("the arguments of the extensions' functions are checked", () => {
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

test('next to an unknown macro, loops are unrolled and the macro is refused', () => {
  const found = blocking(`Transform: [AWS::LanguageExtensions, Ours]\n${QUEUES}`);
  expect(found).toEqual([expect.objectContaining({ rule: 'template-transform', level: 'unresolved', value: 'Ours' })]);
});

test('exports generated by a loop are known to a stack that imports them', () => {
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
