import { multiRegionKey } from '@/lib/guard/rules/multi-region-key';
import { testRule } from './rule-tester';

testRule(multiRegionKey, {
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: { 'a key of one Region': { MultiRegion: false }, 'the default': {} },
  violating: {
    'a multi-Region key': { properties: { MultiRegion: true }, found: ['true'] },
    'one written as text': { properties: { MultiRegion: 'true' }, found: ['true'] },
    'yes, as YAML has it': { properties: { MultiRegion: 'yes' }, found: ['yes'] },
    'one known only at deployment': {
      properties: { MultiRegion: { Ref: 'Open' } },
      found: ['/Properties/MultiRegion'],
      level: 'unresolved',
    },
  },
});
