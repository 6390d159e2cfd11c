import path from 'node:path';
import { ResidencyBoundary } from '../../boundary/boundary';
import type { ConversionVariables } from '../../contract/environment';
import { recoverySchema } from '../../contract/schemas/recovery-schema';
import { deployedPolicy } from '../aws/deployed-policy';
import type { EnvironmentOf } from '../aws/endpoint';
import { DeployedParts } from '../workspace/deployed-parts';
import { BranchKeyring } from '../workspace/keyring/branch-keyring';
import { conversionHandler } from './conversion-handler';
import { Converter } from './converter';
import { EXISTING_KEYS } from './existing-keys';
import { PARSER_FILE, runParser } from './run-parser';

const environment: EnvironmentOf<ConversionVariables> = process.env;
const { boundary, workspace } = deployedPolicy(recoverySchema, 'the function that converts files', environment);
const parts = new DeployedParts(
  ResidencyBoundary.parse(boundary),
  environment,
  'the function that converts files',
  '',
  'CONVERSIONS_TABLE_ARN',
);
const parser = { file: path.join(environment.LAMBDA_TASK_ROOT ?? '', PARSER_FILE) };
const converter = new Converter({
  requests: parts.conversions(),
  bucket: parts.bucket('FILES_BUCKET'),
  keyring: new BranchKeyring(parts.keyStore(workspace), EXISTING_KEYS),
  parse: (content) => runParser(content, parser),
  now: () => new Date(),
});

/** Converts the office files of a workspace's members to text. */
export const handler = conversionHandler(converter, (line) => void process.stdout.write(`${JSON.stringify(line)}\n`));
