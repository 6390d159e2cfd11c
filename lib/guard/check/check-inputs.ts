import type { ResidencyBoundary } from '../../boundary/boundary';
import { exportsByGroup, parametersOf } from '../assembly/input-scope';
import type { Inputs, TemplateInput, UnreadableInput } from '../assembly/template-input';
import { applyDeclarations, type UsedException } from '../declarations/apply-declarations';
import { applyBaseline, type Baseline } from '../declarations/baseline';
import { boundaryOf, type Declarations, NO_DECLARATIONS } from '../declarations/declarations';
import { typesOf } from '../declarations/declared-exception';
import type { Finding } from '../finding';
import { DeclaredPlaces } from '../rule/declared-places';
import { withAnnounced } from '../rule/since';
import { type CheckContext, type CheckResult, checkTemplate } from './check-template';

/** Options of a check. */
export interface CheckOptions {
  /** The boundary of each stack without a declared boundary of its own. */
  readonly boundary: ResidencyBoundary;
  /** Deploy Regions of templates that don't specify one; each is checked. */
  readonly deployRegions: readonly string[];
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
   * The date at which the expiry of exceptions is checked.
   *
   * @default - today
   */
  readonly now?: Date;
  /**
   * Called after each template with the number done and the total.
   *
   * @default - progress isn't reported
   */
  readonly onProgress?: (done: number, total: number) => void;
  /**
   * Rules whose findings are information, with the version from which they block.
   *
   * @default ANNOUNCED
   */
  readonly announced?: Readonly<Record<string, string>>;
}

/** An input that may not be a template. */
export interface CheckableInput extends TemplateInput {
  /**
   * Checks it in place of its template, which then only names its resources.
   *
   * @default - the template is checked
   */
  readonly check?: (context: CheckContext) => CheckResult;
  /**
   * The types of its resources, by logical id.
   *
   * @default - those in its template
   */
  readonly types?: ReadonlyMap<string, string>;
}

/** What is checked, and what couldn't be read. */
interface CheckableInputs extends Inputs {
  readonly templates: readonly CheckableInput[];
}

/** The result for one input. */
export interface FileResult {
  readonly file: string;
  readonly resources: number;
  readonly error?: string;
}

/** The inputs checked, the findings, and the exceptions used. */
export interface CheckReport {
  readonly files: readonly FileResult[];
  readonly findings: readonly Finding[];
  readonly exceptions: readonly UsedException[];
  /** Number of findings that the baseline removed; none without a baseline. */
  readonly known?: number;
}

/** Checks several templates together, so that one template's exports are known where another imports them. */
export function checkInputs({ templates, unreadable }: CheckableInputs, options: CheckOptions): CheckReport {
  const { declarations = NO_DECLARATIONS, now = new Date(), baseline, onProgress } = options;
  const exports = exportsByGroup(templates);
  const places = new DeclaredPlaces(declarations.places);
  const results = templates.map((input, index) => {
    const check = input.check ?? ((context: CheckContext) => checkTemplate(input.template, context));
    const runs = regionsOf(input, options).map((deployRegion) =>
      check({
        boundary: boundaryOf(declarations, input.stack, options.boundary),
        stack: input.stack,
        deployRegion,
        exports: exports.get(input.group),
        parameters: parametersOf(input, deployRegion, exports),
        nestedTemplates: input.nestedTemplates,
        places,
        permissionsBoundary: declarations.permissionsBoundary,
      }),
    );
    onProgress?.(index + 1, templates.length);
    return {
      file: { file: input.file, resources: runs[0]?.resources ?? 0 },
      findings: withOrigins(unique(runs.flatMap((run) => run.findings)), input),
    };
  });
  const applied = applyDeclarations(
    results.flatMap((result) => result.findings),
    declarations,
    {
      now,
      checked: templates.map(({ stack, file, template, types = typesOf(template) }) => ({ stack, file, types })),
    },
  );
  const left = baseline === undefined ? { findings: applied.findings } : applyBaseline(applied.findings, baseline, now);
  return {
    ...left,
    files: [...byFile(results.map((result) => result.file)), ...unreadable.map(failed)],
    exceptions: applied.used,
    findings: withAnnounced(left.findings, options.announced),
  };
}

/** One result for each file: a plan has several parts. */
function byFile(results: readonly FileResult[]): FileResult[] {
  const files = new Map<string, FileResult>();
  for (const { file, resources } of results)
    files.set(file, { file, resources: resources + (files.get(file)?.resources ?? 0) });
  return [...files.values()];
}

function withOrigins(findings: readonly Finding[], { file, origins }: TemplateInput): Finding[] {
  if (findings.length === 0) return [];
  const known = origins?.();
  return findings.map((finding) => ({ ...finding, file, ...known?.get(finding.logicalId ?? '') }));
}

function regionsOf(input: TemplateInput, options: CheckOptions): (string | undefined)[] {
  if (input.deployRegion !== undefined) return [input.deployRegion];
  return options.deployRegions.length > 0 ? [...options.deployRegions] : [undefined];
}

const failed = ({ file, error }: UnreadableInput): FileResult => ({ file, resources: 0, error });

/** Merges the same finding in two Regions into one. */
function unique<T>(findings: readonly T[]): T[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
