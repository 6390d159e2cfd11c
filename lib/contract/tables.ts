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

/** The row in which the conversion of a user's file is requested, in the table of conversions. */
export const conversionRow = (user: string, file: string): TableKey<{ readonly S: string }> => ({
  [PARTITION_KEY]: { S: user },
  [SORT_KEY]: { S: file },
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

/** The partition of every open project, in the table of API keys. The sort key is the project's ID. */
export const OPEN_PROJECTS_PARTITION = 'projects';

/** The row of that partition that counts the projects that haven't ended. No ID has this form. */
export const OPEN_PROJECTS_COUNT = '#open';

/** The partition of a tenant's counters, in the table of API keys or in the table of usage. */
export const counterPartition = (tenant: string): string => `counter#${tenant}`;

/** The prefix of the token counters of a day, which is given in ISO 8601. */
export const dayTokens = (day: string): string => `tokens#${day.slice(0, 10)}`;

/** The prefix of the token counters of labels of a day. */
export const dayLabels = (day: string): string => `labels#${day.slice(0, 10)}`;

/** The partition of what is shown of a workspace's use, in the table of usage. */
export const releasedPartition = (tenant: string): string => `released#${tenant}`;

/** The partition of every key set; the sort key is the issuer. */
export const KEY_SETS_PARTITION = 'key-set';

/** The partition of a user's content in a workspace's table of content. */
export const contentPartition = (user: string): string => `user#${user}`;

/**
 * The partition in which a group's members find what is shared with them. It is one of content, so that roles reach and expiry concerns it;
 * {@link isGroupId} tells it from a user's.
 */
export const groupPartition = (tag: string): string => contentPartition(`${GROUP}${tag}`);

const GROUP = 'group-';

/** Whether an ID is that of a group or of a group's key. No user's token is accepted with one. */
export const isGroupId = (id: string): boolean => id.startsWith(GROUP);

/** The partition of jobs and holds in a workspace's table of content. */
export const RIGHTS_PARTITION = 'rights';

/** The partition of decisions about a user, in the same table. */
export const decisionsPartition = (user: string): string => `${RIGHTS_PARTITION}#${user}`;

/** The row of the table of check results that holds the highest facts release that was deployed. Gateways don't read its partition. */
export const RELEASE_ROW: TableKey = { [PARTITION_KEY]: 'facts-release', [SORT_KEY]: 'highest' };
