import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ResidencyConfig } from '../config/model/config';
import type { Inputs } from '../guard/assembly/template-input';
import { EVIDENCE_FILE } from '../guard/cdk/withhold-folder';
import type { Declarations } from '../guard/declarations/declarations';
import { version } from '../report/version';

/**
 * Writes the evidence of a synthesized app into its cloud assembly, next to the manifest, which doesn't name it.
 *
 * @param declarations those of the configuration and of the file of exceptions
 */
export function writeEvidence(
  folder: string,
  inputs: Inputs,
  config: ResidencyConfig,
  declarations: Declarations,
): void {
  const { buildEvidence } =
    require('../evidence/core/build-evidence') as typeof import('../evidence/core/build-evidence');
  const { organisationOf } = require('../evidence/core/organisation') as typeof import('../evidence/core/organisation');
  const { asJson } = require('../evidence/formats/json') as typeof import('../evidence/formats/json');
  const { boundary, profileRows } = config;
  const evidence = buildEvidence(inputs, {
    boundary,
    declarations,
    profileRows,
    folder,
    version: version(),
    date: new Date().toISOString().slice(0, 10),
    ...organisationOf(config),
  });
  writeFileSync(path.join(folder, EVIDENCE_FILE), asJson(evidence));
}
