import { parse } from 'yaml';
import { judgeBucket } from '../places/judge-bucket';
import { judgeHost } from '../places/judge-host';
import type { Breach, ResourceRule, RuleContext } from '../rule/rule';
import { below, everyMap } from '../template/every-map';
import { isMap, type Node, Reference, Unresolved } from '../template/node';

/** What sinks name servers by. */
const HOST = /^(?:hosts?|urls?|endpoint|bootstrap_servers)$/;

export const ingestionSink: ResourceRule = {
  id: 'ingestion-sink',
  title: 'An ingestion pipeline writes only to what is known to be inside',
  why: 'A sink of OpenSearch Ingestion sends every record to the hosts and buckets that its definition names.',
  fix: "Write to a domain, collection or bucket of the app, or declare the host or bucket under 'places' (country, reason).",
  source: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/pipeline-config-reference.html',
  appliesTo: ['AWS::OSIS::Pipeline'],

  *check(resource, context) {
    for (const { path, value } of resource.select('PipelineConfigurationBody')) {
      const definition = typeof value === 'string' ? read(value) : undefined;
      if (isMap(definition)) yield* judgeSinks(definition, path, context);
      else yield { path, level: 'unresolved', detail: `the definition can't be read: ${whyUnread(value)}` };
    }
  },
};

function* judgeSinks(
  definition: Readonly<Record<string, unknown>>,
  path: string,
  context: RuleContext,
): Generator<Breach> {
  for (const [name, pipeline] of Object.entries(definition)) {
    if (!isMap(pipeline)) continue;
    for (const { path: pointer, map } of everyMap(pipeline.sink, below(below(path, name), 'sink'), asItIs)) {
      for (const [key, node] of Object.entries(map)) {
        for (const value of Array.isArray(node) ? node : [node]) {
          if (typeof value !== 'string') continue;
          const at = { path: below(pointer, key), value };
          if (HOST.test(key)) yield* judgeHost(at, context);
          if (key === 'bucket') yield* judgeBucket(at, context);
        }
      }
    }
  }
}

/** What a text says is final. */
const asItIs = (node: unknown): Node[] => (node === undefined || node === null ? [] : [node as Node]);

function read(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch {
    return undefined;
  }
}

function whyUnread(value: Node): string {
  if (value instanceof Unresolved) return value.reason;
  return value instanceof Reference ? `it is what '${value.logicalId}' answers at deploy` : 'it is no YAML';
}
