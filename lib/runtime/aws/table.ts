import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseArn } from '../../boundary/arn-parts';

/**
 * The table of keys and counters. Keys are under `keys`, so that they can be listed as they are now; counters are under
 * `counter#TENANT`, so that a role can be given the one without the other.
 */
export interface Table {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly name: string;
}

/** The Region and the name of a table, by its ARN; none when it isn't one. */
export function tableOf(arn = ''): { readonly region: string; readonly name: string } | undefined {
  const { region, resource = '' } = parseArn(arn) ?? {};
  const [, name] = /^table\/([\w.-]+)$/.exec(resource) ?? [];
  return region === undefined || name === undefined ? undefined : { region, name };
}

/** As DynamoDB's time to live reads it. */
export const unixSeconds = (date: Date): string => `${Math.floor(date.getTime() / 1_000)}`;
