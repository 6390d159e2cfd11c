import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { RewrittenTable, type RewrittenTableProps } from '../shared/rewritten-table';

/**
 * What was last read of Bedrock's settings: Regions, modes and times. Under a key of the account's, each gateway of another
 * stack would have to be let into its policy. Whoever could write a reading could have projects served that must not be: only
 * the check writes.
 */
export class ReadingsTable extends RewrittenTable {
  constructor(scope: Construct, id: string, props: RewrittenTableProps) {
    super(scope, id, props, { table: 'OnlyTheCheckWrites', role: 'Readings' });
  }

  /** Grants reading the readings, and nothing else of the table. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns: [this.table.tableArn] });
  }
}
