import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { isMap } from '../template/node';
import { DeepTemplateError, type Json, parseTemplate } from '../template/parse';
import { includesSections } from './included';
import { packaged } from './local-files';
import { isPlan, notAPlan, otherTool } from './plan-text';
import { readAssembly } from './read-assembly';
import { readText } from './read-text';
import type { Inputs, TemplateInput, UnreadableInput } from './template-input';
import { whyUnreadable } from './why-unreadable';

/** Reads a plan of Terraform as inputs; throws the reason if it can't be read. */
export type ReadPlan<T> = (document: Json, file: string, stack: string) => readonly T[];

/**
 * Reads the given paths: cloud assembly folders, template files, or `-` for standard input. Never throws.
 *
 * @param readPlan reads plans of Terraform, which are refused without it
 */
export function readInputs<T extends TemplateInput = TemplateInput>(
  paths: readonly string[],
  readPlan?: ReadPlan<T>,
): Inputs & { readonly templates: readonly (TemplateInput | T)[] } {
  const all = paths.map((file) => readPath(file, readPlan));
  return {
    templates: all.flatMap((inputs) => inputs.templates),
    unreadable: all.flatMap((inputs) => inputs.unreadable),
  };
}

function readPath<T extends TemplateInput>(
  file: string,
  readPlan: ReadPlan<T> | undefined,
): { templates: readonly (TemplateInput | T)[]; unreadable: readonly UnreadableInput[] } {
  try {
    if (file !== '-' && statSync(file).isDirectory()) return readAssemblyFolder(file);
    const document = readDocument(file);
    if (readPlan !== undefined && isPlan(document))
      return { templates: readPlan(document, file, stackOf(file)), unreadable: [] };
    const reader = { templates: [], unreadable: [], nestedTemplates: new Set<string>() };
    add({ file, stack: stackOf(file), template: requireTemplate(document) }, reader);
    return reader;
  } catch (error) {
    return unreadable(file, whyUnreadable(error));
  }
}

function readAssemblyFolder(folder: string): Inputs {
  if (existsSync(path.join(folder, 'manifest.json'))) return readAssembly(folder);
  const hint = existsSync(path.join(folder, 'manifest.json.withheld'))
    ? 'its assembly was withheld because the guard refused it at synth; fix the findings of that synth, then check again'
    : "it contains no manifest.json, so it isn't a cloud assembly; specify the folder that `cdk synth` wrote, or template files";
  return unreadable(folder, hint);
}

/** The templates read from one file, including those that it nests. */
interface TemplateReader {
  readonly templates: TemplateInput[];
  readonly unreadable: UnreadableInput[];
  readonly nestedTemplates: Set<string>;
}

/** A few templates that nest one another repeatedly would multiply. */
const MAX_NESTED = 500;

/** Adds a template and its local files. */
function add(
  place: Omit<TemplateInput, 'group' | 'nestedTemplates'>,
  reader: TemplateReader,
  above: readonly string[] = [],
): void {
  const { file, stack } = place;
  const { nestedTemplates } = reader;
  const group = above[0] ?? file;
  const { template, nested, unreadable } =
    file === '-'
      ? { template: place.template, nested: [], unreadable: [] }
      : packaged(place.template, file, above, readTemplateFile);
  const input: TemplateInput = { ...place, template, group, nestedTemplates };
  reader.templates.push(input);
  reader.unreadable.push(...unreadable);
  for (const { logicalId, key, ...inner } of nested) {
    if (reader.templates.length >= MAX_NESTED) {
      reader.unreadable.push({ file: inner.file, error: `more than ${MAX_NESTED} templates nest one another` });
      return;
    }
    nestedTemplates.add(key);
    add({ ...inner, stack: `${stack}/${logicalId}`, nestedIn: { parent: input, logicalId } }, reader, [...above, file]);
  }
}

/**
 * Reads one template file.
 *
 * @throws if it isn't a CloudFormation template; the message names another tool's format if it is recognised
 */
const readTemplateFile = (file: string): Json => requireTemplate(readDocument(file));

function requireTemplate(template: Json): Json {
  if (isPlan(template)) throw new Error("this is a plan of Terraform, and only 'eu-residency check' reads plans");
  const other = otherTool(template);
  if (other !== undefined) throw new Error(other);
  const foreign = foreignFormat(template);
  if (foreign !== undefined)
    throw new Error(`this is ${foreign}, not a CloudFormation template; the guard checks CloudFormation only`);
  // An included file may contain them.
  if (!isMap(template.Resources) && !includesSections(template))
    throw new Error("it has no 'Resources', so it isn't a CloudFormation template");
  return template;
}

function readDocument(file: string): Json {
  const text = readText(file);
  try {
    return parseTemplate(text);
  } catch (error) {
    const why = error instanceof DeepTemplateError ? undefined : notAPlan(text);
    throw new Error(why ?? (error as Error).message);
  }
}

/** The same name however the path is written, because exceptions and baselines refer to it. */
function stackOf(file: string): string {
  if (file === '-') return file;
  const below = path.relative(process.cwd(), file);
  return (below.startsWith('..') || path.isAbsolute(below) ? file : below).replaceAll(path.sep, '/');
}

function foreignFormat(template: Json): string | undefined {
  if ('apiVersion' in template && 'kind' in template) return 'a Kubernetes manifest';
  if ('artifacts' in template && 'version' in template)
    return 'the manifest of a cloud assembly (specify its folder instead)';
  if ('files' in template && 'dockerImages' in template) return "a cloud assembly's asset manifest";
  return undefined;
}

const unreadable = (file: string, error: string): Inputs => ({ templates: [], unreadable: [{ file, error }] });
