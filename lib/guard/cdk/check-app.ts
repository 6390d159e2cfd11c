import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CfnElement, Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { checkTemplate } from '../check-template';
import type { Finding } from '../finding';
import { exportsOf } from '../template/exports';
import { type Json, parseTemplate } from '../template/parse';
import type { ExportedValue } from '../template/scope';

/** What an app's check looked at and found. */
export interface AppCheck {
  readonly resources: number;
  readonly findings: readonly Finding[];
}

interface SynthesizedStack {
  readonly stack: Stack;
  readonly template?: Json;
  readonly region?: string;
  readonly problem?: string;
}

/**
 * Judges every final template of a synthesized app, those of nested stacks and of Stages included. A template that can't
 * be read is a finding, never a pass.
 */
export function checkApp(root: IConstruct, boundary: ResidencyBoundary): AppCheck {
  const stacks = root.node.findAll().filter(Stack.isStack).map(read);
  const exports = new Map<Stage | undefined, Map<string, ExportedValue>>();
  for (const { stack, template, region } of stacks) {
    if (template === undefined) continue;
    const stage = Stage.of(stack);
    const known = exports.get(stage) ?? new Map();
    for (const [name, value] of exportsOf(template, stack.stackName, region)) known.set(name, value);
    exports.set(stage, known);
  }
  let resources = 0;
  const findings = stacks.flatMap((synthesized): Finding[] => {
    const { stack, template, region, problem } = synthesized;
    const at = (finding: Finding): Finding => ({ ...finding, constructPath: pathOf(stack, finding.logicalId) });
    if (template === undefined) return [at(unreadable(stack, problem))];
    const result = checkTemplate(template, {
      boundary,
      stack: stack.node.path,
      deployRegion: region,
      exports: exports.get(Stage.of(stack)),
    });
    resources += result.resources;
    return result.findings.map(at);
  });
  return { resources, findings };
}

function read(stack: Stack): SynthesizedStack {
  const file = path.join(Stage.of(stack)?.outdir ?? '.', stack.templateFile);
  const region = Token.isUnresolved(stack.region) ? undefined : stack.region;
  try {
    return { stack, region, template: parseTemplate(readFileSync(file, 'utf8')) };
  } catch (error) {
    return { stack, region, problem: (error as Error).message };
  }
}

function unreadable(stack: Stack, problem = 'unknown'): Finding {
  return {
    rule: 'template-readable',
    level: 'unresolved',
    stack: stack.node.path,
    path: '',
    message: `the template of the stack can't be read, so nothing of it was checked: ${problem}`,
    fix: 'Synthesize the whole app (`app.synth()`), not a part of it, and leave its output in place.',
    documentation: 'https://docs.aws.amazon.com/cdk/v2/guide/configure-synth.html',
  };
}

/** The construct that a logical id of a stack's template came from; the stack itself when there is none. */
function pathOf(stack: Stack, logicalId: string | undefined): string {
  if (logicalId === undefined) return stack.node.path;
  const element = stack.node
    .findAll()
    .find(
      (node) => CfnElement.isCfnElement(node) && node.stack === stack && stack.resolve(node.logicalId) === logicalId,
    );
  return element?.node.path ?? stack.node.path;
}
