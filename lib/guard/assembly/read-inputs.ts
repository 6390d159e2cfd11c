import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Json, parseTemplate } from '../template/parse';
import { readAssembly } from './read-assembly';
import type { Inputs, TemplateInput } from './template-input';

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
    return { templates: [readTemplateFile(file)], unreadable: [] };
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

/** One template file, with the name of another tool's format where it is recognised as one. */
function readTemplateFile(file: string): TemplateInput {
  const template = parseTemplate(readFileSync(file === '-' ? 0 : file, 'utf8'));
  const foreign = foreignFormat(template);
  if (foreign !== undefined)
    throw new Error(`this is ${foreign}, not a CloudFormation template; the guard judges CloudFormation only`);
  if (typeof template.Resources !== 'object' || template.Resources === null) {
    throw new Error("it has no 'Resources', so it isn't a CloudFormation template");
  }
  return { file, stack: file, template, group: file };
}

function foreignFormat(template: Json): string | undefined {
  if ('planned_values' in template && 'resource_changes' in template) return 'a Terraform plan';
  if ('terraform_version' in template || 'lineage' in template) return 'a Terraform state';
  if ('apiVersion' in template && 'kind' in template) return 'a Kubernetes manifest';
  if ('artifacts' in template && 'version' in template)
    return 'the manifest of a cloud assembly (name its folder instead)';
  return undefined;
}

function explained(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file or folder';
  return code === 'EACCES' ? 'it may not be read (permission denied)' : message;
}

const unreadable = (file: string, error: string): Inputs => ({ templates: [], unreadable: [{ file, error }] });
