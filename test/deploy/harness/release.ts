import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { ROOT } from './folders';

const RELEASE = path.join(ROOT, 'test/releases/0.1.0');

/** 0.1.0's configuration of the sample, as its owners still have it. */
export const FORMER_CONFIG = path.join(ROOT, 'test/releases/support/configurations/sample/residency.yaml');

interface Function {
  readonly app: string;
  readonly stack: string;
  readonly function: string;
  readonly bundle: string;
  readonly policy: string;
}

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Properties?: { readonly Code?: { readonly S3Key?: string } } }>
  >;
}

/**
 * Writes the cloud assembly of 0.1.0's sample: its templates, and its functions' code. Names of buckets and roles are those of an assembly
 * that today's code synthesized for the same environment.
 */
export function releaseAssembly(today: string, target: string): string {
  cpSync(today, target, { recursive: true });
  const functions: Function[] = read('functions.json');
  const manifestFile = path.join(target, 'manifest.json');
  let manifest = readFileSync(manifestFile, 'utf8');
  for (const stack of new Set(functions.filter(({ app }) => app === 'sample').map((one) => one.stack))) {
    const text = readFileSync(path.join(RELEASE, `templates/sample/${stack}.json`), 'utf8');
    const file = `${stack}.template.json`;
    writeFileSync(path.join(target, file), text);
    const assetsFile = path.join(target, `${stack}.assets.json`);
    const assets = JSON.parse(readFileSync(assetsFile, 'utf8'));
    const [former, template] = Object.entries<Asset>(assets.files).find(([, { source }]) => source.path === file) ?? [];
    if (former === undefined || template === undefined) throw new Error(`${assetsFile} has no template`);
    const hash = createHash('sha256').update(text).digest('hex');
    const named = (name: string, extension: string, source: Asset['source']): [string, Asset] => [
      name,
      { source, destinations: renamed(template.destinations, `${name}.${extension}`) },
    ];
    const codes = functions
      .filter((one) => one.app === 'sample' && one.stack === stack)
      .map((one) => named(...code(target, JSON.parse(text), one)));
    const files = Object.fromEntries([...codes, named(hash, 'json', template.source)]);
    writeFileSync(assetsFile, JSON.stringify({ ...assets, files }));
    manifest = manifest.replaceAll(former, hash);
  }
  // A file that is linked to the original would be changed in both.
  rmSync(manifestFile);
  writeFileSync(manifestFile, manifest);
  return target;
}

interface Asset {
  readonly source: { readonly path: string; readonly packaging: string };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

const renamed = (destinations: Asset['destinations'], objectKey: string) =>
  Object.fromEntries(Object.entries(destinations).map(([name, one]) => [name, { ...one, objectKey }]));

/** Writes a function's code, its policy included, and returns the asset's name, extension and source. */
function code(target: string, { Resources }: Template, one: Function): [string, string, Asset['source']] {
  const key = Resources[one.function]?.Properties?.Code?.S3Key ?? '';
  const name = key.replace(/\.zip$/, '');
  const folder = `asset.${name}`;
  mkdirSync(path.join(target, folder), { recursive: true });
  const bundle = brotliDecompressSync(readFileSync(path.join(RELEASE, `bundles/${one.bundle}/index.mjs.br`)));
  writeFileSync(path.join(target, folder, 'index.mjs'), bundle);
  cpSync(path.join(RELEASE, one.policy), path.join(target, folder, 'policy.json'));
  return [name, 'zip', { path: folder, packaging: 'zip' }];
}

const read = (file: string) => JSON.parse(readFileSync(path.join(RELEASE, file), 'utf8'));
