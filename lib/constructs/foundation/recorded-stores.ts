import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';

/** The stores whose uses the trail records, item by item and object by object. */
export enum DataEvents {
  /** The tables and buckets of the app, selected by the beginnings of their names. */
  DEPLOYMENT = 'deployment',

  /**
   * All buckets of the account in every Region, and all its tables in the Regions of the deployment. CloudTrail bills
   * each recorded event, also those of other teams.
   */
  ACCOUNT = 'account',
}

/** What the names of an app's stores begin with. An empty text selects every store of the account. */
export interface StoreNames {
  readonly tables: readonly string[];
  readonly buckets: readonly string[];
  /** The Regions of the tables. */
  readonly regions: readonly string[];
}

/**
 * CloudFormation doesn't say how it shortens a stack's name in a bucket's name, which has at most 63 characters. No part
 * of a name has been seen that was shorter than this.
 */
const BUCKET_PREFIX = 24;

/**
 * Finds what the names of all tables and buckets of an app begin with. A name that CloudFormation chooses begins with
 * the name of the stack. A name that is known only at deployment can't be selected, so it selects every store.
 *
 * @param shared what the names of most of the app's stacks begin with
 */
export function storeNames(scope: Construct, shared?: string): StoreNames {
  const own = Stack.of(scope);
  const stores = scope.node.root.node.findAll().filter((node) => isInAccount(own, node));
  const tables = stores.filter(isTable);
  const buckets = stores.filter(CfnBucket.isCfnBucket);
  return {
    tables: shortest([...of(shared), ...tables.map((table) => beginning(table, table.tableName))]),
    buckets: shortest(
      [...of(shared), ...buckets.map((bucket) => beginning(bucket, bucket.bucketName))].map((name) =>
        name.toLowerCase().slice(0, BUCKET_PREFIX),
      ),
    ),
    regions: [own.region, ...tables.map((table) => Stack.of(table).region)],
  };
}

const of = (shared: string | undefined) => (shared === undefined ? [] : [shared]);

const isTable = (node: IConstruct): node is CfnTable | CfnGlobalTable =>
  CfnTable.isCfnTable(node) || CfnGlobalTable.isCfnGlobalTable(node);

function isInAccount(own: Stack, node: IConstruct): boolean {
  if (!isTable(node) && !CfnBucket.isCfnBucket(node)) return false;
  const accounts = [own.account, Stack.of(node).account];
  return accounts.some((account) => Token.isUnresolved(account)) || accounts[0] === accounts[1];
}

/** A nested stack's name begins with that of the stack that contains it. */
function beginning(store: IConstruct, name: string | undefined): string {
  let stack = Stack.of(store);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  const given: unknown = stack.resolve(name);
  if (given === undefined) return `${stack.stackName}-`;
  return typeof given === 'string' ? given : '';
}

/** Texts without those that begin like another. */
const shortest = (texts: readonly string[]): string[] =>
  [...new Set(texts)].filter((text, _, all) => !all.some((other) => other !== text && text.startsWith(other))).sort();
