import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { RewrittenTable, type RewrittenTableProps } from '../shared/rewritten-table';

/**
 * The last check results of Bedrock's settings: Regions, modes and times. With a key of the account's own, the key's
 * policy would have to admit each gateway of another stack. A writer could have projects served that must not be, so
 * only the check writes.
 */
export class RetentionChecksTable extends RewrittenTable {
  constructor(scope: Construct, id: string, props: RewrittenTableProps) {
    super(scope, id, props, { table: 'OnlyTheCheckWrites', role: 'Readings' });
  }

  /** Grants reading check results, and nothing else of the table. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns: [this.table.tableArn] });
  }
}
