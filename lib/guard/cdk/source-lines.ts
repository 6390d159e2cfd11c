import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IConstruct } from 'constructs';
import { ownFrame } from '../assembly/own-frame';
import type { Finding } from '../finding';

interface Report {
  readonly pluginReports?: readonly {
    readonly violations?: readonly {
      readonly violatingConstructs?: readonly {
        readonly constructPath?: string;
        readonly stackTraces?: readonly string[];
      }[];
    }[];
  }[];
}

/** Adds to each finding the line of the app's own code that CDK's validation report contains for its construct. */
export function withSourceLines(findings: readonly Finding[], outdir: string): Finding[] {
  const lines = sourceLines(outdir);
  return findings.map((finding) => {
    const source = lines.get(finding.constructPath ?? '');
    return source === undefined ? finding : { ...finding, source };
  });
}

/** The same without a report, which only a guarded app has: the line comes from each construct's own metadata. */
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

function sourceLines(outdir: string): Map<string, string> {
  const lines = new Map<string, string>();
  for (const construct of violatingConstructs(outdir)) {
    const frame = ownFrame((construct.stackTraces ?? []).flatMap((trace) => trace.split('\n')));
    if (construct.constructPath !== undefined && frame !== undefined) lines.set(construct.constructPath, frame);
  }
  return lines;
}

function violatingConstructs(outdir: string) {
  try {
    const report: Report = JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
    return (report.pluginReports ?? []).flatMap((p) => p.violations ?? []).flatMap((v) => v.violatingConstructs ?? []);
  } catch {
    // Without a report, the findings have no source lines.
    return [];
  }
}
