import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CfnElement, CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { assetKeys } from '../assembly/asset-keys';
import { checkTemplate } from '../check/check-template';
import { applyDeclarations, type UsedException } from '../declarations/apply-declarations';
import { applyBaseline, type Baseline } from '../declarations/baseline';
import { boundaryOf, type Declarations, NO_DECLARATIONS } from '../declarations/declarations';
import { typesOf } from '../declarations/declared-exception';
import { blocks, type Finding } from '../finding';
import { type DeclaredPlace, DeclaredPlaces } from '../rule/declared-places';
import { metaFinding } from '../rule/meta-rules';
import { withAnnounced } from '../rule/since';
import { exportsOf } from '../template/exports';
import { nestedParameters } from '../template/nested-parameters';
import { type Json, parseTemplate } from '../template/parse';
import type { ExportedValue } from '../template/scope';
import { deployedStacks } from './deployed-stacks';
import { notedBoundary } from './noted-boundary';
import { withProposals } from './with-proposals';

/** What an app is checked against. */
export interface AppCheckOptions {
  /** The boundary of each stack without a declared boundary of its own. */
  readonly boundary: ResidencyBoundary;
  /**
   * The declarations of the app's owner.
   *
   * @default - nothing
   */
  readonly declarations?: Declarations;
  /**
   * Findings that already existed.
   *
   * @default - none
   */
  readonly baseline?: Baseline;
  /**
   * Rules whose findings are information, with the version from which they block.
   *
   * @default ANNOUNCED
   */
  readonly announced?: Readonly<Record<string, string>>;
}

/** The result of an app's check. */
export interface AppCheck {
  readonly resources: number;
  /** The paths of the stacks that contain the resources. */
  readonly stacks: readonly string[];
  readonly findings: readonly Finding[];
  readonly exceptions: readonly UsedException[];
  /** Number of findings that the baseline removed; none without a baseline. */
  readonly known?: number;
}

interface SynthesizedStack {
  readonly stack: Stack;
  readonly template?: Json;
  readonly region?: string;
  readonly problem?: string;
}

/**
 * Checks every final template of a synthesized app, including those of nested stacks and Stages. A template that can't be
 * read is a finding, never a pass.
 */
export function checkApp(root: IConstruct, options: AppCheckOptions): AppCheck {
  const { boundary, declarations = NO_DECLARATIONS, baseline } = options;
  const stacks = root.node.findAll().filter(Stack.isStack).map(read);
  const exports = exportsByStage(stacks);
  const nestedTemplates = nestedKeys(stacks);
  const check = (stack: Stack, template: Json, region: string | undefined, places: readonly DeclaredPlace[]) =>
    checkTemplate(template, {
      boundary: boundaryOf(declarations, stack.node.path, boundary),
      stack: stack.node.path,
      deployRegion: region,
      exports: exports.get(Stage.of(stack)),
      parameters: parametersOf(stack, stacks, exports),
      places: new DeclaredPlaces(places),
      permissionsBoundary: declarations.permissionsBoundary ?? notedBoundary(stack),
      nestedTemplates,
    });
  let resources = 0;
  const checkedStacks: string[] = [];
  const findings = stacks.flatMap((synthesized): Finding[] => {
    const { stack, template, region, problem } = synthesized;
    const at = (finding: Finding): Finding => ({ ...finding, constructPath: pathOf(stack, finding.logicalId) });
    if (template === undefined) return [at(unreadable(stack, problem))];
    const result = check(stack, template, region, declarations.places);
    resources += result.resources;
    if (result.resources > 0) checkedStacks.push(stack.node.path);
    return result.findings.map(at);
  });
  findings.push(...differences(root, stacks));
  const now = new Date();
  const checked = stacks.map(({ stack, template = {} }) => ({ stack: stack.node.path, types: typesOf(template) }));
  const applied = applyDeclarations(findings, declarations, { now, checked, complete: true });
  const open = withProposals(applied.findings, root, (finding, place) => {
    const { stack, template, region } = stacks.find((other) => other.stack.node.path === finding.stack) ?? {};
    if (stack === undefined || template === undefined) return false;
    const { findings: left } = check(stack, template, region, [...declarations.places, place]);
    return !left.some((other) => blocks(other) && isAboutSame(other, finding));
  });
  const left = baseline === undefined ? { findings: open } : applyBaseline(open, baseline, now);
  return {
    ...left,
    resources,
    stacks: checkedStacks,
    exceptions: applied.used,
    findings: withAnnounced(left.findings, options.announced),
  };
}

const isAboutSame = (one: Finding, other: Finding) =>
  one.rule === other.rule && one.logicalId === other.logicalId && one.path === other.path && one.value === other.value;

/** The parameter values that a nested stack's parent passes to it; the parent's own parameters may come from its parent. */
function parametersOf(
  stack: Stack,
  stacks: readonly SynthesizedStack[],
  exports: ReadonlyMap<Stage | undefined, ReadonlyMap<string, ExportedValue>>,
): ReadonlyMap<string, ExportedValue> | undefined {
  const { nestedStackParent: parent, nestedStackResource: resource } = stack;
  const synthesized = stacks.find((other) => other.stack === parent);
  if (parent === undefined || synthesized?.template === undefined || !CfnElement.isCfnElement(resource))
    return undefined;
  const scope = {
    template: synthesized.template,
    deployRegion: synthesized.region,
    exports: exports.get(Stage.of(parent)),
    parameters: parametersOf(parent, stacks, exports),
  };
  return nestedParameters(scope, parent.node.path, parent.resolve(resource.logicalId));
}

function exportsByStage(stacks: readonly SynthesizedStack[]): Map<Stage | undefined, Map<string, ExportedValue>> {
  const exports = new Map<Stage | undefined, Map<string, ExportedValue>>();
  for (const { stack, template, region } of stacks) {
    if (template === undefined) continue;
    const stage = Stage.of(stack);
    const known = exports.get(stage) ?? new Map();
    for (const [name, value] of exportsOf(template, stack.stackName, region)) known.set(name, value);
    exports.set(stage, known);
  }
  return exports;
}

/** Object keys under which the templates of this app are uploaded. */
function nestedKeys(stacks: readonly SynthesizedStack[]): Set<string> {
  const checked = new Set(stacks.filter(({ template }) => template !== undefined).map(({ stack }) => fileOf(stack)));
  const folders = new Set([...checked].map((file) => path.dirname(file)));
  const manifests = [...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.assets.json'))
      .map((name) => path.join(folder, name)),
  );
  return new Set([...assetKeys(manifests)].filter(([, file]) => checked.has(file)).map(([key]) => key));
}

/** Stacks that the manifest would deploy but that are missing from the tree, or in another Region there. */
function differences(root: IConstruct, stacks: readonly SynthesizedStack[]): Finding[] {
  const outdir = Stage.isStage(root) ? root.outdir : undefined;
  const checked = new Map(stacks.map((synthesized) => [path.resolve(fileOf(synthesized.stack)), synthesized]));
  return (outdir === undefined ? [] : deployedStacks(outdir)).flatMap(({ file, region }): Finding[] => {
    const name = path.basename(file);
    const synthesized = checked.get(path.resolve(file));
    if (synthesized === undefined) {
      const detail = `'${name}' would be deployed to ${region}, but it belongs to no stack in the app`;
      return [metaFinding('assembly-differs', 'block', detail, { stack: name })];
    }
    const { stack, region: checkedRegion = 'unknown-region' } = synthesized;
    if (checkedRegion === region) return [];
    const detail = `'${name}' would be deployed to ${region}, but was checked for ${checkedRegion}`;
    return [metaFinding('assembly-differs', 'block', detail, { stack: name, constructPath: stack.node.path })];
  });
}

const fileOf = (stack: Stack) => path.join(Stage.of(stack)?.outdir ?? '.', stack.templateFile);

function read(stack: Stack): SynthesizedStack {
  const region = Token.isUnresolved(stack.region) ? undefined : stack.region;
  try {
    return { stack, region, template: parseTemplate(readFileSync(fileOf(stack), 'utf8')) };
  } catch (error) {
    return { stack, region, problem: (error as Error).message };
  }
}

function unreadable(stack: Stack, problem = 'unknown'): Finding {
  const detail = `the stack's template can't be read, so nothing in it was checked: ${problem}`;
  return metaFinding('template-readable', 'unresolved', detail, { stack: stack.node.path });
}

/**
 * The path of the construct behind a resource in a stack's template; the stack's own path if there is none. An output or a condition
 * may have the same logical id.
 */
function pathOf(stack: Stack, logicalId: string | undefined): string {
  if (logicalId === undefined) return stack.node.path;
  const resource = stack.node
    .findAll()
    .find(
      (node) => CfnResource.isCfnResource(node) && node.stack === stack && stack.resolve(node.logicalId) === logicalId,
    );
  return resource?.node.path ?? stack.node.path;
}
