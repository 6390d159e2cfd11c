import { stateMachineEndpoint } from '../../../lib/guard/rules/state-machine-endpoint';
import { testRule } from './rule-tester';

const machine = (Parameters: unknown) => ({
  DefinitionString: JSON.stringify({
    States: { Call: { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Parameters } },
  }),
});

testRule(stateMachineEndpoint, {
  type: 'AWS::StepFunctions::StateMachine',
  compliant: {
    'no call': machine({}),
    'a service of the Region': machine({ ApiEndpoint: 'https://x.execute-api.eu-central-1.amazonaws.com/a' }),
    'a definition that can not be read': { DefinitionString: '{' },
  },
  violating: {
    'a host that nobody knows': {
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
