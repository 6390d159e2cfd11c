import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { VARIANTS_FILE, type Variant } from '../../report/cost/variant';
import { packageRoot } from '../../report/package-root';
import { UsageError } from '../shared/usage-error';

/** The cloud assemblies of a configuration's variants. */
export interface Synthesis {
  /** The folder of the assemblies, each in a folder of the variant's name; the caller deletes it. */
  readonly folder: string;
  readonly variants: readonly Variant[];
}

/**
 * Synthesizes a configuration's variants in a process of its own, because the command never loads the CDK.
 *
 * @throws UsageError if the app's aws-cdk-lib isn't installed next to the package, or the synthesis fails
 */
export function synthesize(file: string): Synthesis {
  const script = path.join(packageRoot() ?? '', 'dist/lib/app/cost/synthesize.js');
  if (!existsSync(script)) throw new UsageError(`${file}: the package isn't built; run: npm run build. ${ASSEMBLY}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'eu-residency-cost-'));
  // The guard and CDK's own checks belong to `cdk synth`: nothing is deployed from these assemblies.
  const env = { ...process.env, CDK_VALIDATION: 'false', CDK_OUTDIR: undefined };
  const { status, stderr } = spawnSync(process.execPath, [script, file, folder], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 * 1_048_576,
  });
  if (/Cannot find module '(aws-cdk-lib|constructs)/.test(stderr)) {
    throw new UsageError(
      `${file}: aws-cdk-lib isn't installed here; install it in the app, or run the command there. ${ASSEMBLY}`,
    );
  }
  if (status !== 0) throw new UsageError(`${file}: not synthesized; run: npx cdk synth, which says why. ${ASSEMBLY}`);
  const variants: Variant[] = JSON.parse(readFileSync(path.join(folder, VARIANTS_FILE), 'utf8'));
  return { folder, variants };
}

const ASSEMBLY = 'Or name a cloud assembly: eu-residency cost cdk.out';
