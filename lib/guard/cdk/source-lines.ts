import type { IConstruct } from 'constructs';
import { ownFrame } from '../assembly/own-frame';
import type { Finding } from '../finding';

/** Adds to each finding the line of the app's own code in which its construct was created, from the construct's metadata. */
export function withCreationLines(findings: readonly Finding[], root: IConstruct): Finding[] {
  const paths = new Set(findings.map(({ constructPath }) => constructPath));
  const lines = new Map(
    root.node.findAll().flatMap(({ node }) => {
      const trace = paths.has(node.path) && node.metadata.find(({ type }) => type === 'aws:cdk:creationStack')?.data;
      return Array.isArray(trace) ? [[node.path, ownFrame(trace)]] : [];
    }),
  );
  return findings.map((finding) => {
    const source = lines.get(finding.constructPath ?? '');
    return source === undefined ? finding : { ...finding, source };
  });
}
