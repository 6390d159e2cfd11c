import { apiEndpointEdge } from '@/lib/guard/rules/api-endpoint-edge';
import { testRule } from './rule-tester';

const types = (...Types: unknown[]) => ({ EndpointConfiguration: { Types } });
const ENDPOINT = '/Properties/EndpointConfiguration';

testRule(apiEndpointEdge, {
  type: 'AWS::ApiGateway::RestApi',
  template: {
    Parameters: {
      Open: { Type: 'String' },
      Either: { Type: 'String', AllowedValues: ['REGIONAL', 'EDGE'] },
      Safe: { Type: 'String', AllowedValues: ['REGIONAL', 'PRIVATE'] },
    },
    Conditions: { Public: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] } },
  },
  compliant: {
    'a regional endpoint': types('REGIONAL'),
    'a private endpoint': types('PRIVATE'),
    'either of them by condition': types({ 'Fn::If': ['Public', 'REGIONAL', 'PRIVATE'] }),
    'a parameter that allows only them': types({ Ref: 'Safe' }),
    'a type in each branch': {
      EndpointConfiguration: { 'Fn::If': ['Public', { Types: ['REGIONAL'] }, { Types: ['PRIVATE'] }] },
    },
    'a type passed to the import of a definition': {
      Body: {},
      Parameters: { endpointConfigurationTypes: 'REGIONAL' },
    },
  },
  violating: {
    'no configuration, which means EDGE': { properties: { Name: 'Api' }, found: [ENDPOINT] },
    'a configuration without types': { properties: { EndpointConfiguration: {} }, found: [ENDPOINT] },
    'EDGE set explicitly': { properties: types('EDGE'), found: ['EDGE'] },
    'EDGE in one branch': { properties: types({ 'Fn::If': ['Public', 'EDGE', 'PRIVATE'] }), found: ['EDGE'] },
    'nothing in one branch': {
      properties: { EndpointConfiguration: { 'Fn::If': ['Public', { Types: ['REGIONAL'] }, { Ref: 'AWS::NoValue' }] } },
      found: [ENDPOINT],
    },
    'no type in one branch': {
      properties: { EndpointConfiguration: { 'Fn::If': ['Public', { Types: ['REGIONAL'] }, {}] } },
      found: [ENDPOINT],
    },
    'an item that is absent in one branch': {
      properties: types({ 'Fn::If': ['Public', 'REGIONAL', { Ref: 'AWS::NoValue' }] }),
      found: [ENDPOINT],
    },
    'an empty list in one branch': {
      properties: { EndpointConfiguration: { Types: { 'Fn::If': ['Public', ['REGIONAL'], []] } } },
      found: [ENDPOINT],
    },
    'EDGE passed to the import of a definition': {
      properties: { Body: {}, Parameters: { endpointConfigurationTypes: 'EDGE' } },
      found: ['EDGE'],
    },
    'EDGE passed to the import with another type': {
      properties: { ...types('REGIONAL'), Body: {}, Parameters: { endpointConfigurationTypes: 'EDGE' } },
      found: ['EDGE'],
    },
    "a parameter of an import that doesn't happen": {
      properties: { Parameters: { endpointConfigurationTypes: 'REGIONAL' } },
      found: [ENDPOINT],
    },
    'an import with other parameters': {
      properties: { Body: {}, Parameters: { basepath: 'prepend' } },
      found: [ENDPOINT],
    },
    'a type passed to the import in one branch': {
      properties: {
        Body: {},
        Parameters: { 'Fn::If': ['Public', { endpointConfigurationTypes: 'REGIONAL' }, { Ref: 'AWS::NoValue' }] },
      },
      found: [ENDPOINT],
    },
    'a parameter that allows EDGE': { properties: types({ Ref: 'Either' }), found: ['EDGE'] },
    'a parameter without default': {
      properties: types({ Ref: 'Open' }),
      found: [`${ENDPOINT}/Types/0`],
      level: 'unresolved',
    },
  },
});

testRule(apiEndpointEdge, {
  type: 'AWS::Serverless::Api',
  compliant: { 'a regional endpoint': { EndpointConfiguration: { Type: 'REGIONAL' } } },
  violating: {
    'no configuration': { properties: { StageName: 'prod' }, found: [ENDPOINT] },
    EDGE: { properties: { EndpointConfiguration: { Type: 'EDGE' } }, found: ['EDGE'] },
  },
});

testRule(apiEndpointEdge, {
  type: 'AWS::ApiGateway::DomainNameV2',
  compliant: { 'a private endpoint': types('PRIVATE') },
  violating: { EDGE: { properties: types('EDGE'), found: ['EDGE'] } },
});
