// Loads the configuration of `bin/app.ts`, so that its mistakes are reported before a build.
import { loadConfig } from '../lib/config/load';
import { ReportedError } from '../lib/guard/report/reported-error';

try {
  loadConfig(process.env.RESIDENCY_CONFIG ?? 'residency.yaml');
} catch (error) {
  if (!(error instanceof ReportedError)) throw error;
  console.error(error.textFor(process.stderr));
  process.exitCode = 1;
}
