import { parse } from 'yaml';
import { below, everyMap } from '../template/every-map';
import { expand } from '../template/expand';
import { isMap, type Node } from '../template/node';
import type { Resource, Selected } from '../template/resource';
import { STATE_MACHINE_TYPES } from '../template/state-machine';
import { outputsOf } from './output-keys';
import { pipelineValue } from './pipeline-value';
import { bucketsOfTasks } from './task-buckets';

/** The properties that hold a document, and the buckets in it. */
const DOCUMENTS: Readonly<Record<string, (resource: Resource) => Iterable<Selected>>> = {
  'AWS::MediaConvert::JobTemplate': (resource) => jobTemplate(resource),
  'AWS::SSM::Document': (resource) => commandDocument(resource),
  'AWS::SageMaker::Pipeline': (resource) => pipeline(resource),
  ...Object.fromEntries(STATE_MACHINE_TYPES.map((type) => [type, bucketsOfTasks])),
};

export const TYPES_WITH_DOCUMENTS = Object.keys(DOCUMENTS);

/** The buckets to which a document in a property writes. */
export const bucketsInDocuments = (resource: Resource): Selected[] => [...(DOCUMENTS[resource.type]?.(resource) ?? [])];

/** `inputs.s3BucketName` of a session, and the output of a command that a runbook runs. */
function* commandDocument(resource: Resource): Generator<Selected> {
  for (const { path, map, variantsOf } of documents(resource, ['Content']))
    for (const key of Object.keys(map).filter((name) => /^(?:Output)?s3BucketName$/i.test(name)))
      for (const value of variantsOf(map[key])) yield { path: below(path, key), value };
}

function* jobTemplate(resource: Resource): Generator<Selected> {
  for (const { path, map, variantsOf } of documents(resource, ['SettingsJson']))
    if (/\/OutputGroupSettings\/\w+$/.test(path))
      for (const value of variantsOf(map.Destination)) yield { path: below(path, 'Destination'), value };
}

function* pipeline(resource: Resource): Generator<Selected> {
  const root = [...documents(resource, ['PipelineDefinition', 'PipelineDefinitionBody'])];
  const parameters = root[0]?.map.Parameters;
  for (const { path, map, variantsOf } of root)
    for (const { key, node } of outputsOf(map, path.slice(path.lastIndexOf('/Arguments'))))
      for (const variant of variantsOf(node))
        for (const value of pipelineValue(variant, parameters)) yield { path: below(path, key), value };
}

interface Part {
  readonly path: string;
  readonly map: Readonly<Record<string, unknown>>;
  readonly variantsOf: (node: unknown) => Node[];
}

/** Every map in a document that is written as a map or as a text. A text that can't be read names no bucket. */
function* documents(resource: Resource, property: readonly string[]): Generator<Part> {
  for (const { path, value } of resource.select(...property)) {
    const variantsOf =
      typeof value === 'string' ? asItIs : (node: unknown) => (node === undefined ? [] : expand(node, resource.scope));
    for (const part of everyMap(typeof value === 'string' ? read(value) : value, path, variantsOf))
      yield { ...part, variantsOf };
  }
}

/** CloudFormation resolves no functions in a text. */
const asItIs = (node: unknown): Node[] => (node === undefined || node === null ? [] : [node as Node]);

function read(text: string): unknown {
  try {
    const document = parse(text, { logLevel: 'silent' });
    return isMap(document) ? document : undefined;
  } catch {
    return undefined;
  }
}
