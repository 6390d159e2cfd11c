import type { ResidencyBoundary } from '../boundary/boundary';
import type { Inputs, TemplateInput, UnreadableInput } from './assembly/template-input';
import { checkTemplate } from './check-template';
import type { Finding } from './finding';
import { exportsOf } from './template/exports';
import type { ExportedValue } from './template/scope';

/** What a caller may set besides the boundary. */
export interface CheckOptions {
  readonly boundary: ResidencyBoundary;
  /** Regions that templates without a Region of their own are deployed to; each is checked. */
  readonly deployRegions: readonly string[];
}

/** How one input fared. */
export interface FileResult {
  readonly file: string;
  readonly resources: number;
  readonly error?: string;
}

export interface CheckReport {
  readonly files: readonly FileResult[];
  /** Each with the `file` it was found in. */
  readonly findings: readonly (Finding & { readonly file: string })[];
}

/** Judges several templates together, so that what one exports is known where another imports it. */
export function checkInputs({ templates, unreadable }: Inputs, options: CheckOptions): CheckReport {
  const exports = exportsByGroup(templates);
  const results = templates.map((input) => {
    const runs = regionsOf(input, options).map((deployRegion) =>
      checkTemplate(input.template, {
        boundary: options.boundary,
        stack: input.stack,
        deployRegion,
        exports: exports.get(input.group),
        nestedTemplates: input.nestedTemplates,
      }),
    );
    const findings = runs.flatMap((run) => run.findings).map((finding) => ({ ...finding, file: input.file }));
    return { file: { file: input.file, resources: runs[0]?.resources ?? 0 }, findings: unique(findings) };
  });
  return {
    files: [...results.map((result) => result.file), ...unreadable.map(failed)],
    findings: results.flatMap((result) => result.findings),
  };
}

function regionsOf(input: TemplateInput, options: CheckOptions): (string | undefined)[] {
  if (input.deployRegion !== undefined) return [input.deployRegion];
  return options.deployRegions.length > 0 ? [...options.deployRegions] : [undefined];
}

function exportsByGroup(templates: readonly TemplateInput[]): Map<string, Map<string, ExportedValue>> {
  const groups = new Map<string, Map<string, ExportedValue>>();
  for (const { group, template, stack, deployRegion } of templates) {
    const known = groups.get(group) ?? new Map<string, ExportedValue>();
    for (const [name, value] of exportsOf(template, stack, deployRegion)) known.set(name, value);
    groups.set(group, known);
  }
  return groups;
}

const failed = ({ file, error }: UnreadableInput): FileResult => ({ file, resources: 0, error });

/** The same finding in two Regions is one finding. */
function unique<T>(findings: readonly T[]): T[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
