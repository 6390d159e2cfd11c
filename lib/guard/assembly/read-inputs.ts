import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { isMap } from '../template/node';
import { type Json, parseTemplate } from '../template/parse';
import { explained } from './explained';
import { packaged } from './local-files';
import { readAssembly } from './read-assembly';
import { readText } from './read-text';
import type { Inputs, TemplateInput, UnreadableInput } from './template-input';

/** Reads what the paths name: cloud assembly folders, template files, or `-` for standard input. Never throws. */
export function readInputs(paths: readonly string[]): Inputs {
  const all = paths.map(readPath);
  return {
    templates: all.flatMap((inputs) => inputs.templates),
    unreadable: all.flatMap((inputs) => inputs.unreadable),
  };
}

function readPath(file: string): Inputs {
  try {
    if (file !== '-' && statSync(file).isDirectory()) return readAssemblyFolder(file);
    const found = { templates: [], unreadable: [], nestedTemplates: new Set<string>() };
    take({ file, stack: stackOf(file), template: readTemplateFile(file) }, found);
    return found;
  } catch (error) {
    return unreadable(file, explained(error));
  }
}

function readAssemblyFolder(folder: string): Inputs {
  if (existsSync(path.join(folder, 'manifest.json'))) return readAssembly(folder);
  const hint = existsSync(path.join(folder, 'manifest.json.withheld'))
    ? 'its assembly was withheld because the guard refused it at synth; mend what the synth reported, then check again'
    : "it holds no manifest.json, so it isn't a cloud assembly; name the folder that `cdk synth` wrote, or template files";
  return unreadable(folder, hint);
}

/** What is read with one template file: the templates that it nests as well. */
interface Found {
  readonly templates: TemplateInput[];
  readonly unreadable: UnreadableInput[];
  readonly nestedTemplates: Set<string>;
}

/** A few templates that nest one another several times would be many. */
const MAX_NESTED = 500;

/** Takes in a template, and what lies beside its file. */
function take(
  place: Omit<TemplateInput, 'group' | 'nestedTemplates'>,
  found: Found,
  above: readonly string[] = [],
): void {
  const { file, stack } = place;
  const { nestedTemplates } = found;
  const group = above[0] ?? file;
  const { template, nested, unreadable } =
    file === '-'
      ? { template: place.template, nested: [], unreadable: [] }
      : packaged(place.template, file, above, readTemplateFile);
  const input: TemplateInput = { ...place, template, group, nestedTemplates };
  found.templates.push(input);
  found.unreadable.push(...unreadable);
  for (const { logicalId, key, ...inner } of nested) {
    if (found.templates.length >= MAX_NESTED) {
      found.unreadable.push({ file: inner.file, error: `more than ${MAX_NESTED} templates nest one another` });
      return;
    }
    nestedTemplates.add(key);
    take({ ...inner, stack: `${stack}/${logicalId}`, nestedIn: { parent: input, logicalId } }, found, [...above, file]);
  }
}

/** One template file, with the name of another tool's format where it is recognised as one. */
function readTemplateFile(file: string): Json {
  const template = parseTemplate(readText(file));
  const foreign = foreignFormat(template);
  if (foreign !== undefined)
    throw new Error(`this is ${foreign}, not a CloudFormation template; the guard judges CloudFormation only`);
  if (!isMap(template.Resources)) throw new Error("it has no 'Resources', so it isn't a CloudFormation template");
  return template;
}

/** The same whichever way the file is named, since exceptions and baselines hold on to it. */
function stackOf(file: string): string {
  if (file === '-') return file;
  const below = path.relative(process.cwd(), file);
  return (below.startsWith('..') || path.isAbsolute(below) ? file : below).replaceAll(path.sep, '/');
}

function foreignFormat(template: Json): string | undefined {
  if ('planned_values' in template || 'resource_changes' in template) return 'a Terraform plan';
  if ('terraform_version' in template || 'lineage' in template) return 'a Terraform state';
  if ('apiVersion' in template && 'kind' in template) return 'a Kubernetes manifest';
  if ('artifacts' in template && 'version' in template)
    return 'the manifest of a cloud assembly (name its folder instead)';
  if ('files' in template && 'dockerImages' in template) return 'the list of assets of a cloud assembly';
  return undefined;
}

const unreadable = (file: string, error: string): Inputs => ({ templates: [], unreadable: [{ file, error }] });
