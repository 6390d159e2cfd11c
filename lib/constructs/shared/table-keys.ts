import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { PARTITION_KEY, SORT_KEY } from '../../contract/tables';

/** The keys of the package's tables, as their functions name them. */
export const TABLE_KEYS = {
  partitionKey: { name: PARTITION_KEY, type: dynamodb.AttributeType.STRING },
  sortKey: { name: SORT_KEY, type: dynamodb.AttributeType.STRING },
} as const;
