import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap } from '../template/node';
import { type Json, parseTemplate } from '../template/parse';
import { section } from '../template/scope';
import type { Inputs, TemplateInput, UnreadableInput } from './template-input';

/**
 * Reads every stack of a cloud assembly of CDK version 2, nested assemblies (Stages) and nested stacks included.
 *
 * @param folder the folder that holds `manifest.json`
 */
export function readAssembly(folder: string): Inputs {
  const templates: TemplateInput[] = [];
  const unreadable: UnreadableInput[] = [];
  const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  for (const [name, artifact] of Object.entries<Json>(isMap(manifest.artifacts) ? manifest.artifacts : {})) {
    const properties = isMap(artifact.properties) ? artifact.properties : {};
    if (artifact.type === 'cdk:cloud-assembly') {
      const nested = readAssembly(path.join(folder, String(properties.directoryName)));
      templates.push(...nested.templates);
      unreadable.push(...nested.unreadable);
    }
    if (artifact.type !== 'aws:cloudformation:stack') continue;
    const read = readStack(folder, String(properties.templateFile), {
      stack: String(artifact.displayName ?? properties.stackName ?? name),
      deployRegion: regionOf(String(artifact.environment)),
    });
    templates.push(...read.templates);
    unreadable.push(...read.unreadable);
  }
  return { templates, unreadable };
}

interface StackPlace {
  readonly stack: string;
  readonly deployRegion: string | undefined;
}

/** A stack's template and, below it, those of its nested stacks, which are deployed beside it. */
function readStack(folder: string, templateFile: string, place: StackPlace): Inputs {
  const file = path.join(folder, templateFile);
  let template: Json;
  try {
    template = parseTemplate(readFileSync(file, 'utf8'));
  } catch (error) {
    return { templates: [], unreadable: [{ file, error: (error as Error).message }] };
  }
  const nested = Object.entries(section(template, 'Resources')).flatMap(([logicalId, resource]) => {
    const asset =
      isMap(resource) &&
      resource.Type === 'AWS::CloudFormation::Stack' &&
      isMap(resource.Metadata) &&
      resource.Metadata['aws:asset:path'];
    return typeof asset === 'string'
      ? [readStack(folder, asset, { ...place, stack: `${place.stack}/${logicalId}` })]
      : [];
  });
  return {
    templates: [{ file, template, group: folder, ...place }, ...nested.flatMap((inputs) => inputs.templates)],
    unreadable: nested.flatMap((inputs) => inputs.unreadable),
  };
}

/** `aws://111122223333/eu-central-1`; CDK writes `unknown-region` for a stack that can go anywhere. */
function regionOf(environment: string): string | undefined {
  const region = environment.split('/').at(-1);
  return region === undefined || region === '' || region === 'unknown-region' ? undefined : region;
}
