import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { KEY_SETS_PARTITION } from '../../contract/tables';
import { RewrittenTable, type RewrittenTableProps } from '../shared/rewritten-table';

/**
 * The public keys that verify tokens. Their writer needs no permission on a content key, but could create tokens for
 * any user, so only the refresh writes.
 */
export class KeySetsTable extends RewrittenTable {
  constructor(scope: Construct, id: string, props: RewrittenTableProps) {
    super(scope, id, props, { table: 'OnlyTheRefreshWrites', role: 'KeySets' });
  }

  /** Grants reading key sets, and nothing else of the table. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem'],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [KEY_SETS_PARTITION] } },
    });
  }
}
