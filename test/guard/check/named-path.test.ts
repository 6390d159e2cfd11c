import { namedPath } from '@/lib/guard/check/named-path';

const root = {
  Properties: {
    EnvironmentVariables: [
      { Name: 'STAGE', Value: 'a' },
      { Name: 'BEDROCK_REGION', Value: 'b' },
    ],
    Tags: [{ Key: 'owner', Value: 'c' }],
    Rules: [{ Id: 'old' }, { Id: 'old' }],
    Replicas: [{ Region: 'eu-west-1' }],
    Statement: [{ Sid: 'Invoke', Resource: ['x'] }, { Sid: { Ref: 'Name' } }],
    Names: [{ Name: 'with a space' }, { Name: 'a/b' }, { Name: '' }],
    Policy: '{"Statement":[{"Sid":"Invoke"}]}',
    'a/b': [{ Name: 'one' }],
  },
};

test.each([
  ['/Properties/EnvironmentVariables/1/Value', '/Properties/EnvironmentVariables[BEDROCK_REGION]/Value'],
  ['/Properties/Tags/0/Value', '/Properties/Tags[owner]/Value'],
  ['/Properties/Statement/0/Resource/0', '/Properties/Statement[Invoke]/Resource/0'],
  ['/Properties/a~1b/0', '/Properties/a~1b[one]'],
])('%s is %s for people', (pointer, named) => {
  expect(namedPath(root, pointer)).toBe(named);
});

test.each([
  ['a list whose entries share a name', '/Properties/Rules/1'],
  ['a list without names', '/Properties/Replicas/0/Region'],
  ['a name that is known only at deployment', '/Properties/Statement/1'],
  ['a name with a space', '/Properties/Names/0'],
  ['a name with a slash', '/Properties/Names/1'],
  ['an empty name', '/Properties/Names/2'],
  ['a document in a text', '/Properties/Policy/Statement/0/Sid'],
  ['a position that is not there', '/Properties/Tags/7/Value'],
  ['nothing', ''],
])('the path of %s stays as it is', (_, pointer) => {
  expect(namedPath(root, pointer)).toBe(pointer);
});
