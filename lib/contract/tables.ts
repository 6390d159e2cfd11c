/** The primary key of each table, except for that of branch keys. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

/** The key of an item, or its attributes. */
export type TableKey<Value = string> = Readonly<Record<typeof PARTITION_KEY | typeof SORT_KEY, Value>>;

/** When DynamoDB deletes an item, in Unix seconds. */
export const EXPIRES_AT = 'expiresAt';

/** DynamoDB may delete an expired item days later; until then the item is treated as deleted. */
export const isExpired = (item: Readonly<Record<string, { readonly N?: string }>>, now: Date): boolean => {
  const expires = item[EXPIRES_AT]?.N;
  return expires !== undefined && Number(expires) * 1_000 <= now.getTime();
};

/** The row in which a branch key is requested for a user, in the table of requests. */
export const keyRequestRow = (user: string): TableKey<{ readonly S: string }> => ({
  [PARTITION_KEY]: { S: user },
  [SORT_KEY]: { S: 'request' },
});

/** The row of a job in the queue of a workspace's jobs: two IDs. */
export const queuedJobRow = (job: string, user: string): TableKey<{ readonly S: string }> => ({
  [PARTITION_KEY]: { S: job },
  [SORT_KEY]: { S: user },
});

/** The primary key of a table of branch keys, as the AWS Encryption SDK defines it. */
export const BRANCH_KEY_TABLE = { partitionKey: 'branch-key-id', sortKey: 'type' } as const;

/** The partition of every API key of a deployment's projects. */
export const KEYS_PARTITION = 'keys';

/** The partition of a tenant's counters, in the table of API keys or in the table of usage. */
export const counterPartition = (tenant: string): string => `counter#${tenant}`;

/** The partition of every key set; the sort key is the issuer. */
export const KEY_SETS_PARTITION = 'key-set';

/** The partition of a user's content in a workspace's table of content. */
export const contentPartition = (user: string): string => `user#${user}`;

/** The partition of jobs and holds in a workspace's table of content. */
export const RIGHTS_PARTITION = 'rights';

/** The partition of decisions about a user, in the same table. */
export const decisionsPartition = (user: string): string => `${RIGHTS_PARTITION}#${user}`;

/** The row of the table of check results that holds the highest facts release that was deployed. Gateways don't read its partition. */
export const RELEASE_ROW: TableKey = { [PARTITION_KEY]: 'facts-release', [SORT_KEY]: 'highest' };
