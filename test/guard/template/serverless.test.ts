import { blocking, verdicts } from './verdicts';

const sam = (rest: string) => `Transform: AWS::Serverless-2016-10-31\n${rest}`;

const SHOP = sam(`
Description: Orders of a shop
Globals:
  Function:
    Runtime: nodejs24.x
    Timeout: 10
    Tracing: Active
    Layers: [!Ref Shared]
    Environment: { Variables: { TABLE: !Ref Orders, STAGE: !Ref Stage } }
    VpcConfig: { SubnetIds: [subnet-1], SecurityGroupIds: [sg-1] }
  Api:
    EndpointConfiguration: { Type: REGIONAL }
    Auth: { DefaultAuthorizer: AWS_IAM }
    Cors: "'*'"
  HttpApi: { CorsConfiguration: { AllowOrigins: ['*'] } }
  SimpleTable: { SSESpecification: { SSEEnabled: true } }
Parameters: { Stage: { Type: String, Default: prod } }
Resources:
  Orders: { Type: AWS::Serverless::SimpleTable, Properties: { PrimaryKey: { Name: id, Type: String } } }
  Shared: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: layers/shared, CompatibleRuntimes: [nodejs24.x] } }
  Failed: { Type: AWS::SQS::Queue }
  Topic: { Type: AWS::SNS::Topic }
  Inbox: { Type: AWS::S3::Bucket }
  Create:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/create
      Handler: index.handler
      AutoPublishAlias: live
      Policies:
        - DynamoDBCrudPolicy: { TableName: !Ref Orders }
        - AWSXRayDaemonWriteAccess
        - Statement: [{ Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Failed.Arn }]
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Failed.Arn }
      EventInvokeConfig:
        DestinationConfig:
          OnSuccess: { Type: SNS }
          OnFailure: { Type: SQS, Destination: !GetAtt Failed.Arn }
      Events:
        Post: { Type: Api, Properties: { Path: /orders, Method: post } }
        Web: { Type: HttpApi, Properties: { Path: /web, Method: get } }
        Uploaded: { Type: S3, Properties: { Bucket: !Ref Inbox, Events: 's3:ObjectCreated:*' } }
        Daily: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day) } }
        Said: { Type: SNS, Properties: { Topic: !Ref Topic } }
        Queued: { Type: SQS, Properties: { Queue: !GetAtt Failed.Arn } }
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: { StartAt: A, States: { A: { Type: Task, Resource: !GetAtt Create.Arn, End: true } } }
      Policies: [{ LambdaInvokePolicy: { FunctionName: !Ref Create } }]
  Wire:
    Type: AWS::Serverless::Connector
    Properties: { Source: { Id: Create }, Destination: { Id: Orders }, Permissions: [Read] }
Outputs:
  Url: { Value: !Sub 'https://\${ServerlessRestApi}.execute-api.\${AWS::Region}.amazonaws.com/Prod/orders' }
  Role: { Value: !GetAtt CreateRole.Arn }
`);

test('an ordinary SAM application in one Region has no finding', () => {
  expect(verdicts(SHOP)).toEqual([]);
});

const WEB = (globals: string, event = '{ Path: /, Method: get }') =>
  sam(`
${globals}
Resources:
  Web:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src, Handler: a.b, Runtime: nodejs24.x, Events: { Get: { Type: Api, Properties: ${event} } } }
  Own: { Type: AWS::Serverless::Api, Properties: { StageName: v1, EndpointConfiguration: { Type: PRIVATE } } }
`);

test("an event's implicit SAM API is edge-optimised unless Globals sets another type", () => {
  const [finding, ...others] = blocking(WEB(''));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    level: 'block',
    rule: 'api-endpoint-edge',
    logicalId: 'ServerlessRestApi',
    type: 'AWS::Serverless::Api',
    path: '/Properties/EndpointConfiguration',
  });
  expect(finding?.message).toContain(
    "SAM creates this API for events that don't name one: set the property under 'Globals', 'Api'.",
  );
});

test.each([
  ['REGIONAL as a map', 'Globals: { Api: { EndpointConfiguration: { Type: REGIONAL } } }'],
  ['REGIONAL as a text', 'Globals: { Api: { EndpointConfiguration: REGIONAL } }'],
  ['PRIVATE', 'Globals: { Api: { EndpointConfiguration: { Type: PRIVATE, VPCEndpointIds: [vpce-1] } } }'],
  [
    'a parameter that is never EDGE',
    'Globals: { Api: { EndpointConfiguration: !Ref Kind } }\nParameters: { Kind: { Type: String, AllowedValues: [REGIONAL, PRIVATE] } }',
  ],
  [
    'a substitution',
    'Globals: { Api: { EndpointConfiguration: !Sub "${Kind}" } }\nParameters: { Kind: { Type: String, Default: REGIONAL } }',
  ],
  ['a selection', 'Globals: { Api: { EndpointConfiguration: !Select [1, [EDGE, REGIONAL]] } }'],
  [
    'a mapping',
    'Globals: { Api: { EndpointConfiguration: !FindInMap [Kinds, a, b] } }\nMappings: { Kinds: { a: { b: REGIONAL } } }',
  ],
])('an implicit SAM API is regional with %s', (_, globals) => {
  expect(verdicts(WEB(globals))).toEqual([]);
});

test.each([
  ['the map', 'EDGE', '{ Type: EDGE }'],
  ['the text', 'EDGE', 'EDGE'],
  ['a parameter', 'EDGE', '!Ref Kind'],
  ['a substitution', 'EDGE', "!Sub '${Kind}'"],
  ['a selection', 'EDGE', '!Select [0, [EDGE, REGIONAL]]'],
  ['a mapping', 'EDGE', '!FindInMap [Kinds, a, b]'],
])('EDGE in Globals is reported through %s, with its position', (_, value, written) => {
  const sections = 'Parameters: { Kind: { Type: String, Default: EDGE } }\nMappings: { Kinds: { a: { b: EDGE } } }';
  const [finding] = blocking(WEB(`Globals: { Api: { EndpointConfiguration: ${written} } }\n${sections}`));
  expect(finding).toMatchObject({ rule: 'api-endpoint-edge', logicalId: 'ServerlessRestApi', value });
  expect(finding?.message).toContain('This is set in /Globals/Api/EndpointConfiguration');
});

test('an event that names its API creates no implicit API', () => {
  expect(verdicts(WEB('', '{ Path: /, Method: get, RestApiId: !Ref Own }'))).toEqual([]);
});

test('an event that may name no API creates an implicit API', () => {
  const event = "{ Path: /, Method: get, RestApiId: !If [Own, !Ref Own, !Ref 'AWS::NoValue'] }";
  expect(verdicts(WEB('Conditions: { Own: !Equals [!Ref P, a] }\nParameters: { P: { Type: String } }', event))).toEqual(
    ['block api-endpoint-edge ServerlessRestApi/Properties/EndpointConfiguration'],
  );
});

test("a state machine's event also creates an implicit API", () => {
  const found = verdicts(
    sam(`
Resources:
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: { StartAt: A, States: { A: { Type: Succeed } } }
      Events: { Start: { Type: Api, Properties: { Path: /start, Method: post } } }
`),
  );
  expect(found).toEqual(['block api-endpoint-edge ServerlessRestApi/Properties/EndpointConfiguration']);
});

test('a value in Globals is checked for every function that inherits it, and reported with its position', () => {
  const found = blocking(
    sam(`
Globals:
  Function:
    FileSystemConfigs: [{ Arn: 'arn:aws:elasticfilesystem:us-east-1:1:access-point/shared', LocalMountPath: /mnt/a }]
    Environment: { Variables: { QUEUE: https://sqs.us-east-1.amazonaws.com/1/q, PEER: us-west-2 } }
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties:
      FileSystemConfigs: [{ Arn: 'arn:aws:elasticfilesystem:ap-south-1:1:access-point/own', LocalMountPath: /mnt/b }]
      Environment: { Variables: { PEER: eu-west-1 } }
  B: { Type: AWS::Serverless::Function, IgnoreGlobals: '*', Properties: { Runtime: nodejs24.x } }
  C: { Type: AWS::Serverless::Function, IgnoreGlobals: [FileSystemConfigs, Environment], Properties: { Runtime: nodejs24.x } }
`),
  );
  expect(found.map(({ logicalId, path }) => `${logicalId}${path}`).sort()).toEqual([
    'A/Properties/Environment/Variables/QUEUE',
    'A/Properties/FileSystemConfigs/0/Arn',
    'A/Properties/FileSystemConfigs/0/Arn',
  ]);
  const notes = found.map(({ value, message }) => [value, /This is set in (\S+)\.$/.exec(message)?.[1]]);
  expect(notes).toContainEqual([
    expect.stringContaining('sqs.us-east-1'),
    '/Globals/Function/Environment/Variables/QUEUE',
  ]);
  expect(notes).toContainEqual([
    expect.stringContaining('access-point/shared'),
    '/Globals/Function/FileSystemConfigs/0/Arn',
  ]);
  // Positions in the function's own list are those of the source file.
  expect(notes).toContainEqual([expect.stringContaining('ap-south-1'), undefined]);
});

test.each([
  [
    'an event source',
    'Events: { A: { Type: SQS, Properties: { Queue: "arn:aws:sqs:us-east-1:1:q" } } }',
    '/Events/A/Properties/Queue',
  ],
  [
    'the Region of a topic',
    'Events: { A: { Type: SNS, Properties: { Topic: !Ref T, Region: us-east-1 } } }',
    '/Events/A/Properties/Region',
  ],
  [
    'a destination',
    'EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SQS, Destination: "arn:aws:sqs:us-east-1:1:q" } } }',
    '/EventInvokeConfig/DestinationConfig/OnFailure/Destination',
  ],
  ['the environment', 'Environment: { Variables: { P: us-east-1 } }', '/Environment/Variables/P'],
  [
    'a policy',
    'Policies: [{ Statement: [{ Effect: Allow, Action: "sqs:*", Resource: "arn:aws:sqs:us-east-1:1:q" }] }]',
    '/Policies/0/Statement/0/Resource',
  ],
  [
    'a dead letter queue',
    'DeadLetterQueue: { Type: SQS, TargetArn: "arn:aws:sqs:us-east-1:1:q" }',
    '/DeadLetterQueue/TargetArn',
  ],
  [
    'a file system',
    'FileSystemConfigs: [{ Arn: "arn:aws:elasticfilesystem:us-east-1:1:access-point/a", LocalMountPath: /mnt/a }]',
    '/FileSystemConfigs/0/Arn',
  ],
])('%s of a function is checked', (_, property, path) => {
  const found = verdicts(
    sam(
      `Resources: { T: { Type: AWS::SNS::Topic }, F: { Type: AWS::Serverless::Function, Properties: { ${property} } } }`,
    ),
  );
  expect(found).toContain(`block place-outside F/Properties${path}`);
});

test("a Kafka cluster's brokers must be known hosts", () => {
  const found = verdicts(
    sam(`
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Log: { Type: SelfManagedKafka, Properties: { KafkaBootstrapServers: ['kafka.example.com:9092'], Topics: [t] } }
`),
  );
  expect(found).toEqual(['unresolved host-unknown F/Properties/Events/Log/Properties/KafkaBootstrapServers/0']);
});

test.each([
  ['EDGE', ['block api-endpoint-edge A/Properties/Domain/EndpointConfiguration']],
  ['REGIONAL', []],
])('a custom domain of type %s', (type, expected) => {
  const found = verdicts(
    sam(`
Resources:
  A:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      EndpointConfiguration: { Type: REGIONAL }
      Domain: { DomainName: api.example.eu, CertificateArn: !Ref C, EndpointConfiguration: ${type} }
  C: { Type: AWS::CertificateManager::Certificate, Properties: { DomainName: api.example.eu } }
`),
  );
  expect(found).toEqual(expected);
});

test("a custom domain without a type is regional, SAM's default", () => {
  const api =
    '{ StageName: v1, EndpointConfiguration: { Type: REGIONAL }, Domain: { DomainName: a.example.eu, CertificateArn: c } }';
  expect(verdicts(sam(`Resources: { A: { Type: AWS::Serverless::Api, Properties: ${api} } }`))).toEqual([]);
});

test("an API's body and authorizers, and a state machine's definition, are checked", () => {
  const found = verdicts(
    sam(`
Resources:
  A:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth: { Authorizers: { Jwt: { JwtConfiguration: { issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_a' } } } }
      DefinitionBody: { paths: { /a: { get: { x-amazon-apigateway-integration: { uri: 'https://sqs.us-east-1.amazonaws.com/1/q' } } } } }
  S:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: { States: { A: { Type: Task, Resource: 'arn:aws:states:::http:invoke', Parameters: { ApiEndpoint: 'https://api.example.com/x' } } } }
`),
  );
  expect(found).toEqual(
    expect.arrayContaining([
      'block place-outside A/Properties/Auth/Authorizers/Jwt/JwtConfiguration/issuer',
      'block place-outside A/Properties/DefinitionBody/paths/~1a/get/x-amazon-apigateway-integration/uri',
      'unresolved state-machine-endpoint S/Properties/Definition/States/A/Parameters/ApiEndpoint',
    ]),
  );
});

test("a third party's application isn't inspected", () => {
  expect(
    verdicts(sam('Resources: { N: { Type: AWS::Serverless::Application, Properties: { Location: other.yaml } } }')),
  ).toEqual([expect.stringMatching(/^\w+ opaque-type N\/Type$/)]);
});

test('a type from which SAM generates nothing lends its name to nothing', () => {
  const [finding] = blocking(
    sam(`
Resources:
  T: { Type: AWS::Serverless::SimpleTable }
  C: { Type: AWS::DynamoDB::GlobalTable, Properties: { Replicas: [{ Region: !Ref TS }] } }
`),
  );
  expect(finding?.message).toContain("'TS' is neither a parameter nor a resource of the template");
});

test("the language extensions' loops run before SAM", () => {
  const found = verdicts(`
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Globals: { Function: { Runtime: nodejs24.x } }
Resources:
  Fn::ForEach::Functions:
    - Name
    - [get, put]
    - F\${Name}:
        Type: AWS::Serverless::Function
        Properties: { CodeUri: !Sub 'src/\${Name}', Events: { Call: { Type: Api, Properties: { Path: !Sub '/\${Name}', Method: get } } } }
`);
  expect(found).toEqual(['block api-endpoint-edge ServerlessRestApi/Properties/EndpointConfiguration']);
});

test.each([
  ['Globals', 'Globals: [a]\nResources: { F: { Type: AWS::Serverless::Function } }'],
  [
    'a section of Globals',
    'Globals: { Function: 3 }\nResources: { F: { Type: AWS::Serverless::Function, Properties: { Runtime: x } } }',
  ],
  ['Events', 'Resources: { F: { Type: AWS::Serverless::Function, Properties: { Events: [1, { Type: 2 }] } } }'],
  ['Properties', 'Resources: { F: { Type: AWS::Serverless::Function, Properties: no }, A: 3 }'],
])("%s in a form that SAM doesn't accept blocks nothing", (_, rest) => {
  expect(() => verdicts(sam(rest))).not.toThrow();
});

test("a type that isn't text is ignored like any entry that isn't a resource", () => {
  expect(() => verdicts(sam('Resources: { A: { Type: { toString: { Ref: x } }, Properties: A } }'))).not.toThrow();
});
