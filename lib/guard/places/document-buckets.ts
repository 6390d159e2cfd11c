import { below, everyMap } from '../template/every-map';
import { expand } from '../template/expand';
import { TooDeep, yamlIn } from '../template/nesting';
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
const commandDocument = (resource: Resource) =>
  bucketsIn(resource, ['Content'], function* (parts) {
    for (const { path, map, variantsOf } of parts)
      for (const key of Object.keys(map).filter((name) => /^(?:Output)?s3BucketName$/i.test(name)))
        for (const value of variantsOf(map[key])) yield { path: below(path, key), value };
  });

const jobTemplate = (resource: Resource) =>
  bucketsIn(resource, ['SettingsJson'], function* (parts) {
    for (const { path, map, variantsOf } of parts)
      if (/\/OutputGroupSettings\/\w+$/.test(path))
        for (const value of variantsOf(map.Destination)) yield { path: below(path, 'Destination'), value };
  });

const pipeline = (resource: Resource) =>
  bucketsIn(resource, ['PipelineDefinition', 'PipelineDefinitionBody'], function* (parts) {
    const parameters = parts[0]?.map.Parameters;
    for (const { path, map, variantsOf } of parts)
      for (const { key, node } of outputsOf(map, path.slice(path.lastIndexOf('/Arguments'))))
        for (const variant of variantsOf(node))
          for (const value of pipelineValue(variant, parameters)) yield { path: below(path, key), value };
  });

interface Part {
  readonly path: string;
  readonly map: Readonly<Record<string, unknown>>;
  readonly variantsOf: (node: unknown) => Node[];
}

/**
 * The buckets in each document of a property, which is written as a map or as a text.
 *
 * @param find returns those in every map of a document, of which the first is the document itself
 */
function* bucketsIn(
  resource: Resource,
  property: readonly string[],
  find: (parts: readonly Part[]) => Iterable<Selected>,
): Generator<Selected> {
  for (const { path, value } of resource.select(...property)) {
    const isText = typeof value === 'string';
    const variantsOf = isText ? asItIs : (node: unknown) => (node === undefined ? [] : expand(node, resource.scope));
    // A text that can't be read names no bucket; one that is nested too deeply may.
    const document = isText ? yamlIn(value, 'silent') : value;
    if (document instanceof TooDeep) yield { path, value: document };
    else if (!isText || isMap(document))
      yield* find([...everyMap(document, path, variantsOf)].map((part) => ({ ...part, variantsOf })));
  }
}

/** CloudFormation resolves no functions in a text. */
const asItIs = (node: unknown): Node[] => (node === undefined || node === null ? [] : [node as Node]);
