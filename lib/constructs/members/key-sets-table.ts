import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { KEY_SETS_PARTITION } from '../../contract/tables';
import { RewrittenTable, type RewrittenTableProps } from '../shared/rewritten-table';

/**
 * The public keys by which tokens are verified. Who writes them needs no right to a key that content is under, but could make
 * tokens for anybody: only the refresh writes.
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
