import type { UsedException } from '../declarations/apply-declarations';
import { NO_END } from '../declarations/declared-exception';
import type { Finding } from '../finding';
import { fileOf, type Report } from './report';

/** The report as data: every key is always present, with `null` if nothing is known. */
export function json(report: Report): string {
  const { version, boundary, deployRegions, files, findings, exceptions, summary } = report;
  return JSON.stringify(
    {
      tool: 'eu-residency',
      version,
      boundary,
      deployRegion: deployRegions.length === 0 ? null : deployRegions.join(','),
      files: files.map(({ file, resources, error = null }) => ({ file, resources, error })),
      findings: findings.map(finding),
      exceptions: exceptions.map(exception),
      summary,
    },
    null,
    2,
  );
}

function finding(of: Finding) {
  const { rule, level, logicalId, constructPath, type, path, value, place, message, fix, source } = of;
  return {
    rule,
    level,
    file: fileOf(of),
    logicalId: logicalId ?? null,
    constructPath: constructPath ?? null,
    type: type ?? null,
    path: path ?? null,
    value: value ?? null,
    place: place === undefined ? null : { region: place.region ?? null, country: place.country ?? null },
    message,
    fix,
    source: source ?? null,
  };
}

function exception({ rule, stack, file, logicalId, type, property, value, types, ...rest }: UsedException) {
  const { reason, approver, expires, findings } = rest;
  return {
    rule,
    stack: stack ?? null,
    file: file ?? null,
    logicalId: logicalId ?? null,
    type: type ?? null,
    property: property ?? null,
    value: value ?? null,
    types: types ?? null,
    reason,
    approver,
    // What residency.yaml implies has no date: it applies for as long as the file states it.
    expires: expires === NO_END ? null : expires,
    findings,
  };
}
