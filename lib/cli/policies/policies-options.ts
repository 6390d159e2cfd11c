import { parseArgs } from 'node:util';
import type { PerimeterScope } from '../../perimeter/organization/scope';
import { regionsOf } from '../../perimeter/organization/scope';
import { CONFIG_FILE } from '../models/written-config';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** The partitions with Regions that a boundary can contain. */
const PARTITIONS = ['aws', 'aws-eusc'] as const;

/** A valid command line of `policies`. */
export interface PoliciesCommand {
  readonly out: string;
  readonly config: string;
  /** The organizational unit that Control Tower's forms name. */
  readonly unit: string;
  /** That of the deployment, or `aws`, unless the command line names one. */
  readonly partition?: (typeof PARTITIONS)[number];
}

const OPTIONS = {
  out: { type: 'string', default: 'residency-policies' },
  config: { type: 'string', default: CONFIG_FILE },
  ou: { type: 'string', default: 'PolicyStaging' },
  partition: { type: 'string' },
} as const;

/** Reads the command line of `policies`. */
export function readPoliciesCommand(args: readonly string[]): PoliciesCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  if (positionals.length > 0) {
    throw new UsageError(
      `policies takes no argument, found '${positionals[0]}'; name the folder by --out, or ask for 'policies diff'`,
    );
  }
  const { out, config, ou, partition } = values;
  if (!/^[\p{L}\p{N} .,/+=@_-]{1,128}$/u.test(ou)) {
    throw new UsageError(`--ou: found '${ou}'; allowed: the name of an organizational unit, such as PolicyStaging`);
  }
  return {
    out,
    config,
    unit: ou,
    ...(partition !== undefined && { partition: oneOf('--partition', partition, PARTITIONS) }),
  };
}

/** What the documents derive from. */
export function scopeOf({ config: file, partition }: Pick<PoliciesCommand, 'config' | 'partition'>): PerimeterScope {
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { boundary, perimeter, deployment } = loadConfig(file);
  if (perimeter === undefined) {
    throw new UsageError(
      `${file}: 'perimeter' is missing, and the policies name your organization; add 'perimeter: { organization: o-... }', ` +
        "with the ID that 'aws organizations describe-organization' prints",
    );
  }
  const { perimeterScope } =
    require('../../config/required-boundary') as typeof import('../../config/required-boundary');
  const scope = perimeterScope({ boundary, perimeter, deployment }, partition);
  if (regionsOf(scope).length === 0) {
    const others = PARTITIONS.filter((other) => regionsOf({ ...scope, partition: other }).length > 0);
    throw new UsageError(
      `${file}: the boundary '${boundary.name}' contains no Region of the partition ${scope.partition}, so its policies would deny everything; ` +
        `use --partition ${others.join(' or ')}, or widen the boundary`,
    );
  }
  return scope;
}
