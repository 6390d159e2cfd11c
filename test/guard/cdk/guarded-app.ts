import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';

import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { freshFolder } from './fresh-folder';

/** Every deployable manifest. */
export function manifests(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => path.basename(file) === 'manifest.json',
  );
}

/** A guarded app with one stack in Frankfurt, filled by the test. */
export function guardedApp(fill: (stack: Stack, app: App) => void, outdir = freshFolder()): ResidencyApp {
  const app = new ResidencyApp({ outdir, builtinCloudFormationValidation: false });
  fill(new Stack(app, 'Chat', { env: { region: 'eu-central-1', account: '111122223333' } }), app);
  return app;
}

/** The message that a refused synth throws; fails the test if the synth passes. */
export function refusal(app: { synth(): unknown }): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the synth was not refused');
}

/** Runs a function while CDK's own report, printed to standard error, is hidden from the test's output. */
export function silently<T>(run: () => T): T {
  const spy = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    return run();
  } finally {
    spy.mockRestore();
  }
}
