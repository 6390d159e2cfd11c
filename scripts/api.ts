/**
 * Writes the public API of the package to `docs/api`, one file per entry, so that a review shows its changes. `npm run api` builds
 * and writes the files; `npm run test:package` creates the reports again and compares them.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel, type ExtractorMessage } from '@microsoft/api-extractor';

const ROOT = path.join(__dirname, '..');

/** The entries by the name of their report. */
export const ENTRIES: Readonly<Record<string, string>> = {
  main: 'dist/lib/index.d.ts',
  nag: 'dist/lib/nag.d.ts',
  testing: 'dist/lib/testing/index.d.ts',
};

/** The report of one entry of the built package. */
export function apiReport(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'api-'));
  const reportFileName = `${name}.api.md`;
  mkdirSync(path.join(folder, 'report'));
  const entry = path.join(ROOT, ENTRIES[name] ?? '');
  const { succeeded } = Extractor.invoke(
    ExtractorConfig.prepare({
      configObject: {
        projectFolder: ROOT,
        mainEntryPointFilePath: entry,
        compiler: {
          overrideTsconfig: {
            compilerOptions: {
              module: 'node16',
              moduleResolution: 'node16',
              target: 'es2022',
              types: ['node'],
              skipLibCheck: true,
            },
            files: [entry],
          },
        },
        apiReport: {
          enabled: true,
          reportFileName,
          reportFolder: path.join(folder, 'report'),
          reportTempFolder: path.join(folder, 'temp'),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        // CDK's style uses @default, which TSDoc doesn't know, and no release tags.
        messages: {
          extractorMessageReporting: { 'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None } },
          tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        },
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: path.join(ROOT, 'package.json'),
    }),
    // The build's compiler is newer than the extractor's, but the extractor reads only declarations.
    { localBuild: true, messageCallback: quiet },
  );
  if (!succeeded) throw new Error(`the declarations of '${name}' can't be analysed; see what \`npm run api\` printed`);
  return readFileSync(path.join(folder, 'report', reportFileName), 'utf8');
}

/** Suppresses notes and warnings, which concern handwritten declarations. */
function quiet(message: ExtractorMessage): void {
  message.handled = message.logLevel !== ExtractorLogLevel.Error;
}

if (require.main === module) {
  mkdirSync(path.join(ROOT, 'docs/api'), { recursive: true });
  for (const name of Object.keys(ENTRIES)) writeFileSync(path.join(ROOT, `docs/api/${name}.api.md`), apiReport(name));
}
