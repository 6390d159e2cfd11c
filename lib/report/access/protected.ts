import { expand } from '../../guard/template/expand';
import { isMap, type Node, Reference, Unresolved } from '../../guard/template/node';
import { readable } from '../../guard/template/placeholder';
import type { Scope } from '../../guard/template/scope';
import { type Assembly, nameIn, type Placed } from './assembly';
import type { Protected } from './key-access';

/** The properties that name the key a resource is encrypted under, by the names of the services. */
const KEY_PROPERTY = /kms.*(?:key|arn|id)|^encryptionkey(?:arn|id)?$/i;

/** Names that the app has chosen, and policies, which are about principals and not about encryption. */
const NO_PROPERTY = /^(?:Variables|Environment|Tags|PolicyDocument|KeyPolicy|Policies|Code|DefinitionString)$/;

/** A key that a resource is encrypted under: one of the assembly, or a description of another. */
export type KeyOf = Placed | string;

/** Stores of data, which are under a key of their AWS service if they name none. */
const STORES =
  /^AWS::(?:DynamoDB::(?:Global)?Table|S3::Bucket|Logs::LogGroup|SNS::Topic|SQS::Queue|SecretsManager::Secret|Kinesis::Stream|RDS::DB(?:Cluster|Instance)|EFS::FileSystem|OpenSearchService::Domain)$/;

/** The keys of each resource, and the stores that name none. */
export function storesOf(assembly: Assembly) {
  const all = assembly.resources
    .filter(({ resource }) => !/^AWS::(?:KMS|IAM)::/.test(resource.type))
    .map((store) => ({ store, keys: [...new Set(keysIn(store.resource.raw.Properties, store, assembly, false))] }));
  return {
    encrypted: all.flatMap(({ store, keys }) => keys.map((key: KeyOf) => ({ store, key }))),
    withoutKey: all
      .filter(({ store, keys }) => keys.length === 0 && STORES.test(store.resource.type))
      .map(({ store }) => store),
  };
}

/** A store as it is named next to a key. */
export const shownStore = (store: Placed, stack: string | undefined): Protected => ({
  name: stack === undefined ? `${store.stack}/${nameIn(store.stack, store)}` : nameIn(stack, store),
  type: store.resource.type,
});

function* keysIn(node: unknown, store: Placed, assembly: Assembly, isKey: boolean): Generator<KeyOf> {
  const { scope } = store.resource;
  for (const value of expand(node, scope)) {
    if (Array.isArray(value)) for (const item of value) yield* keysIn(item, store, assembly, isKey);
    else if (isMap(value)) {
      for (const [name, child] of Object.entries(value)) {
        if (!NO_PROPERTY.test(name)) yield* keysIn(child, store, assembly, KEY_PROPERTY.test(name));
      }
    } else if (isKey) yield* keyAt(value, store, scope, assembly);
  }
}

/** A key that only a deployment names, such as that of a parameter. */
export const atDeployment = ({ logicalId }: Reference): string => `the value of '${logicalId}' at deployment`;

function* keyAt(value: Node, store: Placed, scope: Scope, assembly: Assembly): Generator<KeyOf> {
  if (value instanceof Reference) {
    const placed = assembly.find(value, store.stack);
    if (placed?.resource.type === 'AWS::KMS::Alias') {
      const [target] = placed.resource.select('TargetKeyId');
      if (target !== undefined) yield* keyAt(target.value, placed, scope, assembly);
    } else if (placed?.resource.type === 'AWS::KMS::Key' || placed?.resource.type === 'AWS::KMS::ReplicaKey') {
      yield placed;
    } else yield atDeployment(value);
  } else if (value instanceof Unresolved) yield 'a key named at deployment';
  else if (typeof value === 'string' && value !== '') yield readable(value);
}
