import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap } from '../template/node';
import type { Json } from '../template/parse';
import { assetKeys } from './asset-keys';
import { stackMetadata } from './construct-origins';
import { readStack, type StackReader } from './read-stack';
import type { Inputs, TemplateInput, UnreadableInput } from './template-input';

/**
 * Reads every stack of a CDK version 2 cloud assembly, including nested assemblies (Stages) and nested stacks. Never
 * throws: unreadable parts are listed.
 *
 * @param folder the folder that contains `manifest.json`
 */
export function readAssembly(folder: string): Inputs {
  return readFolder(folder, new Set());
}

function readFolder(folder: string, above: ReadonlySet<string>): Inputs {
  const file = path.join(folder, 'manifest.json');
  const manifest = readManifest(file);
  if (typeof manifest === 'string') return { templates: [], unreadable: [{ file, error: manifest }] };
  const artifacts = Object.entries(manifest);
  const properties = (artifact: unknown): Json =>
    isMap(artifact) && isMap(artifact.properties) ? artifact.properties : {};
  const ofType = (type: string) => artifacts.filter(([, artifact]) => isMap(artifact) && artifact.type === type);

  const templates: TemplateInput[] = [];
  const unreadable: UnreadableInput[] = [];
  const reader: StackReader = {
    group: folder,
    assets: assetKeys(
      ofType('cdk:asset-manifest').flatMap(([, artifact]) => {
        const { file: name } = properties(artifact);
        return typeof name === 'string' ? [path.join(folder, name)] : [];
      }),
    ),
    nestedTemplates: new Set(),
    templates,
    unreadable,
  };
  for (const [name, artifact] of ofType('aws:cloudformation:stack')) {
    const { templateFile, stackName } = properties(artifact);
    if (typeof templateFile !== 'string') {
      unreadable.push({ file, error: `the artifact '${name}' is a stack without 'templateFile'` });
      continue;
    }
    const { environment, displayName } = artifact as Json;
    readStack(reader, path.join(folder, templateFile), {
      // Early versions have no `displayName`; their artifact ids are the stack names.
      stack: [displayName, stackName, name].find((text) => typeof text === 'string') as string,
      deployRegion: regionOf(environment),
      deployAccount: accountOf(environment),
      metadata: () => stackMetadata(folder, artifact as Json),
    });
  }
  for (const [name, artifact] of ofType('cdk:cloud-assembly')) {
    const { directoryName } = properties(artifact);
    const inner = typeof directoryName === 'string' ? path.join(folder, directoryName) : folder;
    if (inner === folder || above.has(inner)) {
      unreadable.push({ file, error: `the artifact '${name}' is a nested assembly without a folder of its own` });
      continue;
    }
    const nested = readFolder(inner, new Set([...above, folder]));
    templates.push(...nested.templates);
    unreadable.push(...nested.unreadable);
  }
  return { templates, unreadable };
}

/** The artifacts of a manifest, or why they can't be read. */
function readManifest(file: string): Json | string {
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'there is no manifest, so what the assembly deploys is unknown';
    return code === undefined ? `the manifest isn't JSON: ${message}` : `the manifest can't be read (${code})`;
  }
  const hint = 'synthesize the app again';
  if (!isMap(manifest) || typeof manifest.version !== 'string') {
    return `this isn't the manifest of a cloud assembly, because it has no 'version'; ${hint}`;
  }
  if (manifest.artifacts === undefined) return {};
  return isMap(manifest.artifacts) ? manifest.artifacts : `the manifest's 'artifacts' isn't a mapping; ${hint}`;
}

/** `aws://111122223333/eu-central-1`; CDK writes `unknown-region` for a Region-agnostic stack. */
function regionOf(environment: unknown): string | undefined {
  const region = typeof environment === 'string' ? environment.split('/').at(-1) : undefined;
  return region === '' || region === 'unknown-region' ? undefined : region;
}

/** Of the same text; CDK writes `unknown-account` for an account-agnostic stack. */
function accountOf(environment: unknown): string | undefined {
  return typeof environment === 'string' ? /^aws:\/\/(\d{12})\//.exec(environment)?.[1] : undefined;
}
