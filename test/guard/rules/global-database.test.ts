import { globalDatabase } from '@/lib/guard/rules/global-database';
import { testRule } from './rule-tester';

testRule(globalDatabase, {
  type: 'AWS::RDS::DBCluster',
  template: { Parameters: { Open: { Type: 'String' } }, Resources: { Global: { Type: 'AWS::RDS::GlobalCluster' } } },
  compliant: {
    'a standalone cluster': { Engine: 'aurora-postgresql' },
    'a member of a global cluster in the app': { GlobalClusterIdentifier: { Ref: 'Global' } },
    'no forwarding': { EnableGlobalWriteForwarding: false },
  },
  violating: {
    'a member of an external global cluster': {
      properties: { GlobalClusterIdentifier: 'world' },
      found: ['world'],
      level: 'unresolved',
    },
    'writes that may be forwarded': {
      properties: { EnableGlobalWriteForwarding: { Ref: 'Open' } },
      found: ['/Properties/EnableGlobalWriteForwarding'],
      level: 'unresolved',
    },
    'writes forwarded': { properties: { EnableGlobalWriteForwarding: true }, found: ['true'] },
  },
});

testRule(globalDatabase, {
  type: 'AWS::ElastiCache::ReplicationGroup',
  compliant: {},
  violating: { 'a member': { properties: { GlobalReplicationGroupId: 'g' }, found: ['g'], level: 'unresolved' } },
});
