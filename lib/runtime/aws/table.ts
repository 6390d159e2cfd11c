import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseArn } from '../../boundary/arn-parts';

/**
 * The table of keys and counters. Keys are under `keys`, so that a consistent read can list them. Counters are under
 * `counter#TENANT`, so that a role can have access to one without the other.
 */
export interface Table {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly name: string;
}

/** The Region and name of a table, from its ARN; undefined if the text isn't one. */
export function tableOf(arn = ''): { readonly region: string; readonly name: string } | undefined {
  const { region, resource = '' } = parseArn(arn) ?? {};
  const [, name] = /^table\/([\w.-]+)$/.exec(resource) ?? [];
  return region === undefined || name === undefined ? undefined : { region, name };
}

/** A time in the form of DynamoDB's time to live. */
export const unixSeconds = (date: Date): string => `${Math.floor(date.getTime() / 1_000)}`;
