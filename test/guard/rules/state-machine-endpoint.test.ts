import { stateMachineEndpoint } from '@/lib/guard/rules/state-machine-endpoint';
import { findingsOf, testRule } from './rule-tester';

const machine = (Parameters: unknown) => ({
  DefinitionString: JSON.stringify({
    States: { Call: { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Parameters } },
  }),
});

testRule(stateMachineEndpoint, {
  type: 'AWS::StepFunctions::StateMachine',
  template: { Parameters: { Open: { Type: 'String' } } },
  places: [{ host: 'api.example.de', country: 'DE', reason: 'our own' }],
  compliant: {
    'a declared host followed by a path': machine({
      'ApiEndpoint.$': "States.Format('{}/{}', 'https://api.example.de', $.path)",
    }),
    'a declared host joined with a path by an expression': machine({
      ApiEndpoint: "{% 'https://api.example.de' & '/' & $states.input.path %}",
    }),
    'no call': machine({}),
    'a service in the Region': machine({ ApiEndpoint: 'https://x.execute-api.eu-central-1.amazonaws.com/a' }),
    'a number known only at deployment': {
      DefinitionString: { 'Fn::Sub': '{"States": {"Wait": {"Type": "Wait", "Seconds": ${Open}}}}' },
    },
    'a substitution that names a service in the Region': {
      ...machine({ ApiEndpoint: '${Host}/a' }),
      DefinitionSubstitutions: { Host: 'https://x.execute-api.eu-central-1.amazonaws.com' },
    },
  },
  violating: {
    "a definition that can't be read": {
      properties: { DefinitionString: '{' },
      found: ['/Properties/DefinitionString'],
      level: 'unresolved',
    },
    'a definition known only at deployment': {
      properties: { DefinitionString: { Ref: 'Open' } },
      found: ['/Properties/DefinitionString'],
      level: 'unresolved',
    },
    'a definition in S3': {
      properties: { DefinitionS3Location: { Bucket: 'b', Key: 'k' } },
      found: ['/Properties/DefinitionS3Location'],
      level: 'unresolved',
    },
    'a host next to a number known only at deployment': {
      properties: {
        DefinitionString: {
          'Fn::Sub':
            '{"TimeoutSeconds": ${Open}, "States": {"A": {"Arguments": {"ApiEndpoint": "https://api.example.org"}}}}',
        },
      },
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'a host in a substitution': {
      properties: {
        ...machine({ ApiEndpoint: 'https://${Host}/a' }),
        DefinitionSubstitutions: { Host: 'api.example.org' },
      },
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'substitutions with an unknown host in one branch': {
      properties: {
        ...machine({ ApiEndpoint: 'https://${Host}/a' }),
        DefinitionSubstitutions: { 'Fn::If': ['X', { Host: 'api.example.org' }, { Host: 'api.example.de' }] },
      },
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'a substitution known only at deployment': {
      properties: { ...machine({ ApiEndpoint: '${Host}' }), DefinitionSubstitutions: { Host: { Ref: 'Open' } } },
      found: ['/Properties/DefinitionString/States/Call/Parameters/ApiEndpoint'],
      level: 'unresolved',
    },
    'a host written by a format': {
      properties: machine({ 'ApiEndpoint.$': "States.Format('{}/{}', 'https://api.example.org', 'a')" }),
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'a declared host that the state can lengthen': {
      properties: machine({ 'ApiEndpoint.$': "States.Format('https://api.example.de{}', $.rest)" }),
      found: ["states.format('https"],
      level: 'unresolved',
    },
    'a declared host that the state can turn into a user name': {
      properties: machine({ ApiEndpoint: "{% 'https://api.example.de:' & $states.input.rest %}" }),
      found: ["{% 'https"],
      level: 'unresolved',
    },
    'a declared host in one case only': {
      properties: machine({ ApiEndpoint: "{% $x ? 'https://api.example.de/' : $states.input.url %}" }),
      found: ["{% $x ? 'https"],
      level: 'unresolved',
    },
    'an endpoint computed by an expression': {
      properties: machine({ ApiEndpoint: '{% $states.input.url %}' }),
      found: ['{% $states.input.url %}'],
      level: 'unresolved',
    },
    'an unknown host': {
      properties: machine({ ApiEndpoint: 'https://api.example.org/v1' }),
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'an endpoint from the state': {
      properties: machine({ 'ApiEndpoint.$': '$.url' }),
      found: ['$.url'],
      level: 'unresolved',
    },
    'a definition in the template': {
      properties: { Definition: { States: { A: { Parameters: { ApiEndpoint: 'https://api.example.org' } } } } },
      found: ['api.example.org'],
      level: 'unresolved',
    },
  },
});

test.each([
  ['statemachine/orders.asl.json', 'unresolved'],
  ['s3://exemple/orders.asl.json', 'unresolved'],
])('a definition in %s: %s', (DefinitionUri, level) => {
  const found = findingsOf(stateMachineEndpoint, { DefinitionUri }, { type: 'AWS::Serverless::StateMachine' });
  expect(found.map((finding) => finding.level)).toEqual([level]);
});
