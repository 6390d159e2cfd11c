import { expand } from '@/lib/guard/template/expand';

const values = (prefix: string) => Array.from({ length: 20 }, (_, index) => `${prefix}${index}`);
const scope = {
  template: {
    Parameters: {
      A: { Type: 'String', AllowedValues: values('a') },
      B: { Type: 'String', AllowedValues: ['x', 'y'] },
    },
  },
};

test('a name repeated in a text has the same value each time', () => {
  expect(expand({ 'Fn::Sub': '${A}-${A}-${A}' }, scope)).toEqual(values('a').map((a) => `${a}-${a}-${a}`));
});

test('other names in the text have all their values', () => {
  const found = expand({ 'Fn::Sub': '${A}/${B}/${A}' }, scope);
  expect(found).toHaveLength(40);
  expect(found).toContain('a7/y/a7');
});
