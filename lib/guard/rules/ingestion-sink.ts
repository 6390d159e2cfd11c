import { checkBucket } from '../places/check-bucket';
import { checkHost } from '../places/check-host';
import type { ResourceRule, RuleContext, Violation } from '../rule/rule';
import { below, everyMap } from '../template/every-map';
import { yamlIn } from '../template/nesting';
import { isMap, type Node, Reference, Unresolved } from '../template/node';

/** Keys by which sinks name their servers. */
const HOST = /^(?:hosts?|urls?|endpoint|bootstrap_servers)$/;

export const ingestionSink: ResourceRule = {
  id: 'ingestion-sink',
  title: 'An ingestion pipeline writes only to sinks known to be inside the boundary',
  why: 'An OpenSearch Ingestion sink sends every record to the hosts and buckets in its definition.',
  fix: "Write to a domain, collection or bucket in the app, or declare the host or bucket under 'places' (country, reason).",
  source: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/pipeline-config-reference.html',
  appliesTo: ['AWS::OSIS::Pipeline'],

  *check(resource, context) {
    for (const { path, value } of resource.select('PipelineConfigurationBody')) {
      const definition = typeof value === 'string' ? yamlIn(value, 'error') : value;
      if (isMap(definition)) yield* checkSinks(definition, path, context);
      else yield { path, level: 'unresolved', detail: `the definition can't be read: ${whyUnread(definition)}` };
    }
  },
};

function* checkSinks(
  definition: Readonly<Record<string, unknown>>,
  path: string,
  context: RuleContext,
): Generator<Violation> {
  for (const [name, pipeline] of Object.entries(definition)) {
    if (!isMap(pipeline)) continue;
    for (const { path: pointer, map } of everyMap(pipeline.sink, below(below(path, name), 'sink'), asItIs)) {
      for (const [key, node] of Object.entries(map)) {
        for (const value of Array.isArray(node) ? node : [node]) {
          if (typeof value !== 'string') continue;
          const at = { path: below(pointer, key), value };
          if (HOST.test(key)) yield* checkHost(at, context);
          if (key === 'bucket') yield* checkBucket(at, context);
        }
      }
    }
  }
}

/** The text is final: CloudFormation resolves no functions in it. */
const asItIs = (node: unknown): Node[] => (node === undefined || node === null ? [] : [node as Node]);

function whyUnread(value: unknown): string {
  if (value instanceof Unresolved) return value.reason;
  return value instanceof Reference ? `'${value.logicalId}' returns it at deployment` : "it isn't YAML";
}
