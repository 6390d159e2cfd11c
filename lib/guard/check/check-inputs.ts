import type { ResidencyBoundary } from '../../boundary/boundary';
import { exportsByGroup, parametersOf } from '../assembly/input-scope';
import type { Inputs, TemplateInput, UnreadableInput } from '../assembly/template-input';
import { applyDeclarations, type UsedException } from '../declarations/apply-declarations';
import { applyBaseline, type Baseline } from '../declarations/baseline';
import { boundaryOf, type Declarations, NO_DECLARATIONS } from '../declarations/declarations';
import { typesOf } from '../declarations/declared-exception';
import type { Finding } from '../finding';
import { DeclaredPlaces } from '../rule/declared-places';
import { checkTemplate } from './check-template';

/** What a caller may set besides the boundary. */
export interface CheckOptions {
  /** The boundary of each stack for which the owner declares no other. */
  readonly boundary: ResidencyBoundary;
  /** Regions that templates without a Region of their own are deployed to; each is checked. */
  readonly deployRegions: readonly string[];
  /**
   * What the owner declares.
   *
   * @default - nothing
   */
  readonly declarations?: Declarations;
  /**
   * Findings that were there already.
   *
   * @default - none
   */
  readonly baseline?: Baseline;
  /**
   * The day on which exceptions are looked at.
   *
   * @default - today
   */
  readonly now?: Date;
  /**
   * Told after each template how many are done, of how many.
   *
   * @default - nobody is told
   */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How one input fared. */
export interface FileResult {
  readonly file: string;
  readonly resources: number;
  readonly error?: string;
}

/** What was looked at and what was found, with what the owner let pass. */
export interface CheckReport {
  readonly files: readonly FileResult[];
  readonly findings: readonly Finding[];
  readonly exceptions: readonly UsedException[];
  /** How many findings the baseline took out; none without a baseline. */
  readonly known?: number;
}

/** Judges several templates together, so that what one exports is known where another imports it. */
export function checkInputs({ templates, unreadable }: Inputs, options: CheckOptions): CheckReport {
  const { declarations = NO_DECLARATIONS, now = new Date(), baseline, onProgress } = options;
  const exports = exportsByGroup(templates);
  const places = new DeclaredPlaces(declarations.places);
  const results = templates.map((input, index) => {
    const runs = regionsOf(input, options).map((deployRegion) =>
      checkTemplate(input.template, {
        boundary: boundaryOf(declarations, input.stack, options.boundary),
        stack: input.stack,
        deployRegion,
        exports: exports.get(input.group),
        parameters: parametersOf(input, deployRegion, exports),
        nestedTemplates: input.nestedTemplates,
        places,
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
      checked: templates.map(({ stack, file, template }) => ({ stack, file, types: typesOf(template) })),
    },
  );
  return {
    files: [...results.map((result) => result.file), ...unreadable.map(failed)],
    exceptions: applied.used,
    ...(baseline === undefined ? { findings: applied.findings } : applyBaseline(applied.findings, baseline, now)),
  };
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

/** The same finding in two Regions is one finding. */
function unique<T>(findings: readonly T[]): T[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
