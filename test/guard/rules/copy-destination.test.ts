import { copyDestination } from '@/lib/guard/rules/copy-destination';
import { testRule } from './rule-tester';

const copy = (DestinationBackupVaultArn: unknown) => ({
  BackupPlan: { BackupPlanRule: [{ CopyActions: [{ DestinationBackupVaultArn }] }] },
});
const POINTER = '/Properties/BackupPlan/BackupPlanRule/0/CopyActions/0/DestinationBackupVaultArn';

testRule(copyDestination, {
  type: 'AWS::Backup::BackupPlan',
  template: {
    Parameters: { Open: { Type: 'String' }, Named: { Type: 'String', Default: 'eu-west-1' } },
    Resources: { Vault: { Type: 'AWS::Backup::BackupVault' }, Custom: { Type: 'Custom::Vault' } },
  },
  compliant: {
    'a vault in the app': copy({ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }),
    'a vault of a Region that is named': copy('arn:aws:backup:eu-west-1:111122223333:backup-vault:copy'),
    'a Region that a parameter names': copy({
      'Fn::Sub': 'arn:aws:backup:${Named}:${AWS::AccountId}:backup-vault:copy',
    }),
    'no copy': { BackupPlan: { BackupPlanRule: [{ RuleName: 'daily' }] } },
  },
  violating: {
    'a vault known only at deployment': { properties: copy({ Ref: 'Open' }), found: [POINTER], level: 'unresolved' },
    'a Region known only at deployment': {
      properties: copy({ 'Fn::Sub': 'arn:aws:backup:${Open}:${AWS::AccountId}:backup-vault:copy' }),
      found: ['arn:aws:backup:<unresolved>:…:backup-vault:copy'],
      level: 'unresolved',
    },
    "a custom resource's output": {
      properties: copy({ 'Fn::GetAtt': ['Custom', 'Arn'] }),
      found: [POINTER],
      level: 'unresolved',
    },
  },
});

testRule(copyDestination, {
  type: 'AWS::Logs::DeliveryDestination',
  compliant: { 'a log group': { DestinationResourceArn: 'arn:aws:logs:eu-central-1:111122223333:log-group:a' } },
  violating: {
    "a third party's bucket": {
      properties: { DestinationResourceArn: 'arn:aws:s3:::central' },
      found: ['central'],
      level: 'unresolved',
    },
  },
});
