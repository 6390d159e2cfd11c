import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap } from '../template/node';
import { ownFrame } from './own-frame';

/** The construct behind a logical id, according to the assembly's manifest (not the template). */
export interface ConstructOrigin {
  readonly constructPath: string;
  /** Line of the app's own code, if the assembly has a trace. */
  readonly source?: string;
}

type Metadata = Readonly<Record<string, unknown>>;

/** CDK names a nested stack's resource `Chat/Nested.NestedStack/Nested.NestedStackResource`; its constructs are below `Chat/Nested`. */
const NESTED = /^(.*)\.NestedStack\/[^/]*\.NestedStackResource$/;

/** The metadata of a stack's artifact, from the manifest itself or from a file next to it. */
export function stackMetadata(folder: string, artifact: Metadata): Metadata {
  const inline = isMap(artifact.metadata) ? artifact.metadata : {};
  if (typeof artifact.additionalMetadataFile !== 'string') return inline;
  try {
    const more: unknown = JSON.parse(readFileSync(path.join(folder, artifact.additionalMetadataFile), 'utf8'));
    return isMap(more) ? { ...inline, ...more } : inline;
  } catch {
    // The findings remain valid without source lines.
    return inline;
  }
}

/** The paths of a stack's nested stacks, by the logical id of their resource in the parent. */
export function nestedPaths(metadata: Metadata, below: string): Map<string, string> {
  return new Map(
    [...logicalIds(metadata, below)].flatMap(([id, { constructPath }]) => {
      const nested = NESTED.exec(constructPath)?.[1];
      return nested === undefined ? [] : [[id, nested]];
    }),
  );
}

/**
 * The constructs of one stack by logical id.
 *
 * @param below the path of the stack; logical ids in its nested stacks may be the same, so those stacks are excluded
 */
export function logicalIds(metadata: Metadata, below: string): Map<string, ConstructOrigin> {
  const nested = Object.keys(metadata).flatMap((key) => NESTED.exec(key.slice(1))?.[1] ?? []);
  const isInner = (stack: string) => stack !== below && (below === '' || stack.startsWith(`${below}/`));
  const inner = nested.filter(isInner).map((stack) => `${stack}/`);
  const origins = new Map<string, ConstructOrigin>();
  for (const [key, entries] of Object.entries(metadata)) {
    const constructPath = key.replace(/^\//, '');
    if (!Array.isArray(entries) || (below !== '' && !constructPath.startsWith(`${below}/`))) continue;
    if (inner.some((prefix) => constructPath.startsWith(prefix))) continue;
    const id = entries.find((entry) => isMap(entry) && entry.type === 'aws:cdk:logicalId');
    if (!isMap(id) || typeof id.data !== 'string') continue;
    const source = lineOf(entries);
    origins.set(id.data, { constructPath, ...(source !== undefined && { source }) });
  }
  return origins;
}

/** Newer CDK versions record a construct's creation stack, older ones the trace of its logical id (`cdk synth --debug`). */
function lineOf(entries: readonly unknown[]): string | undefined {
  const created = entries.find((entry) => isMap(entry) && entry.type === 'aws:cdk:creationStack');
  const traces = [
    isMap(created) ? created.data : undefined,
    ...entries.map((entry) => (isMap(entry) ? entry.trace : undefined)),
  ];
  for (const trace of traces) {
    const frame = Array.isArray(trace) ? ownFrame(trace.map(String)) : undefined;
    if (frame !== undefined) return frame;
  }
  return undefined;
}
