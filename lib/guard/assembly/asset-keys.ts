import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap } from '../template/node';

/**
 * The files that a deployment uploads, by object key. A nested stack is found through its key, because the CLI publishes
 * from the asset manifest; the template's own `Metadata` could name any other file.
 *
 * @param manifests paths of the asset manifests, such as `cdk.out/Chat.assets.json`
 */
export function assetKeys(manifests: readonly string[]): Map<string, string> {
  const keys = new Map<string, string>();
  for (const manifest of manifests) {
    for (const asset of Object.values(filesOf(manifest))) {
      if (!isMap(asset) || !isMap(asset.source) || !isMap(asset.destinations)) continue;
      const { path: source, packaging } = asset.source;
      if (typeof source !== 'string' || packaging === 'zip') continue;
      for (const destination of Object.values(asset.destinations)) {
        if (!isMap(destination) || typeof destination.objectKey !== 'string') continue;
        keys.set(lastPart(destination.objectKey), path.join(path.dirname(manifest), source));
      }
    }
  }
  return keys;
}

/** The last part of a path or URL, which identifies a nested template. */
export const lastPart = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

function filesOf(manifest: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    return isMap(content) && isMap(content.files) ? content.files : {};
  } catch {
    // Without a manifest no nested stack is found, and the guard refuses a nested stack that it can't find.
    return {};
  }
}
