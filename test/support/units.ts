/** The units that calls to tables take: in a transaction, each row takes two. */
export interface Units {
  calls: number;
  reads: number;
  writes: number;
}

/**
 * How many units one call takes, if none of its rows is longer than a unit. A query takes one for each page.
 *
 * @param call such as `dynamodb.GetItem`; another service's takes none
 * @param sent its input
 */
export function unitsOf(
  call: string,
  // biome-ignore lint/suspicious/noExplicitAny: each call has its own input
  sent: any,
): Omit<Units, 'calls'> {
  switch (call) {
    case 'dynamodb.TransactWriteItems':
      return { reads: 0, writes: 2 * sent.TransactItems.length };
    case 'dynamodb.PutItem':
    case 'dynamodb.UpdateItem':
    case 'dynamodb.DeleteItem':
      return { reads: 0, writes: 1 };
    case 'dynamodb.GetItem':
    case 'dynamodb.Query':
      return { reads: 1, writes: 0 };
    case 'dynamodb.BatchGetItem':
      return { reads: Object.values<{ Keys: [] }>(sent.RequestItems).flatMap(({ Keys }) => Keys).length, writes: 0 };
    default:
      return { reads: 0, writes: 0 };
  }
}
