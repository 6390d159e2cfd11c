import { expand } from '../../guard/template/expand';
import { readable } from '../../guard/template/hole';
import { isMap, type Node, Reference, Unresolved } from '../../guard/template/node';
import type { Scope } from '../../guard/template/scope';
import { type Assembly, nameIn, type Placed } from './assembly';
import type { Protected } from './key-access';

/** What of a resource is a key that it is encrypted under, as its service calls that property. */
const KEY_PROPERTY = /kms.*(?:key|arn|id)|^encryptionkey(?:arn|id)?$/i;

/** Names that the app itself has chosen, and policies, which say who may and not what is encrypted. */
const NO_PROPERTY = /^(?:Variables|Environment|Tags|PolicyDocument|KeyPolicy|Policies|Code|DefinitionString)$/;

/** A key that something is encrypted under: one of the assembly, or what is said of one that isn't. */
export type KeyOf = Placed | string;

/** What keeps data, and is under a key of its service's own where it names none. */
const STORES =
  /^AWS::(?:DynamoDB::(?:Global)?Table|S3::Bucket|Logs::LogGroup|SNS::Topic|SQS::Queue|SecretsManager::Secret|Kinesis::Stream|RDS::DB(?:Cluster|Instance)|EFS::FileSystem|OpenSearchService::Domain)$/;

/** What each resource is encrypted under, and the stores that name no key. */
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

/** A store as it is told of beside a key. */
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

function* keyAt(value: Node, store: Placed, scope: Scope, assembly: Assembly): Generator<KeyOf> {
  if (value instanceof Reference) {
    const placed = assembly.find(value, store.stack);
    if (placed?.resource.type === 'AWS::KMS::Alias') {
      const [target] = placed.resource.select('TargetKeyId');
      if (target !== undefined) yield* keyAt(target.value, placed, scope, assembly);
    } else if (placed?.resource.type === 'AWS::KMS::Key' || placed?.resource.type === 'AWS::KMS::ReplicaKey') {
      yield placed;
    } else yield `what '${value.logicalId}' is at deploy`;
  } else if (value instanceof Unresolved) yield 'a key given at deploy';
  else if (typeof value === 'string' && value !== '') yield readable(value);
}
