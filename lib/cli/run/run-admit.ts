import path from 'node:path';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { factsOf } from '../../boundary/facts-of';
import { decideRegion, where } from '../../boundary/region';
import { checkRow } from '../../config/checks/admitted';
import { loadAdmitted, rowProblems } from '../../config/load-admitted';
import { withReleaseIn } from '../../config/load-facts';
import { pathText } from '../../config/read/problem';
import type { AdmittedRow } from '../../config/schema/admitted-schema';
import { writeAdmitted } from '../../config/write-admitted';
import type { Facts } from '../../facts/facts';
import { hanging } from '../../guard/report/wrap';
import { visible } from '../../html/visible';
import { describeModel } from '../aws/describe-model';
import { signIn } from '../aws/sign-in';
import { type AdmitCommand, readAdmitCommand } from '../facts/admit-options';
import { writtenConfig } from '../models/written-config';
import { print, printError } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';
import type { FactsOptions } from './run-facts';

/**
 * Runs `facts admit`; the exit code. The configuration is read only as far as it must be: it may name the model already, which no fact
 * allows yet.
 */
export async function runAdmit(
  args: readonly string[],
  { environment, timeoutMs, now }: FactsOptions = { environment: process.env, timeoutMs: 5_000, now: new Date() },
): Promise<number> {
  const command = readAdmitCommand(args);
  const folder = path.dirname(command.config);
  const { boundary: declared, primaryRegion, raw } = writtenConfig(command.config);
  if (declared === undefined) {
    throw new UsageError(`--config: ${command.config}: boundary: is missing; add it, such as 'boundary: eu'`);
  }
  const region = command.region ?? primaryRegion;
  if (region === undefined) {
    throw new UsageError(`${command.config} has no primary Region; add it, or name the Region to call with --region`);
  }
  const source = decideRegion(declared, region);
  if (!source.inside)
    throw new UsageError(`${command.region === undefined ? command.config : '--region'}: ${source.detail}`);
  // A global profile is refused before Bedrock is asked: nothing that it answers could admit it.
  if (command.id.startsWith('global.')) {
    return refuse([
      `found '${command.id}', which may be processed in any Region of the world, so it can't be admitted`,
    ]);
  }
  const boundary = withReleaseIn({ folder, raw }, declared, () => now);
  const former = loadAdmitted(folder).rows;
  const caller = await signIn({ boundary, environment, timeoutMs }, region);
  const { retains, like, reason, approvedBy, expires } = command;
  const row: AdmittedRow = {
    id: command.id,
    from: region,
    ...(await describeModel(caller, command.id, region, command.kind)),
    ...(retains && { retains }),
    ...(like !== undefined && { like }),
    readAt: now.toISOString(),
    account: caller.account,
    requestedBy: command.requestedBy ?? caller.arn,
    reason,
    approvedBy,
    expires,
  };
  const form = rowProblems(row);
  const problems = form.length > 0 ? form : checkRow(row, boundary, factsOf(boundary), now);
  const { endsAt } = row.model;
  if (problems.length === 0 && endsAt !== undefined && endsAt <= now.toISOString().slice(0, 10)) {
    return refuse([`found '${row.id}', whose model ended on ${endsAt} according to Bedrock; admit a newer model`]);
  }
  if (problems.length > 0) {
    return refuse(problems.map(({ path: at, text }) => [pathText(at), text].filter((part) => part !== '').join(': ')));
  }
  const file = writeAdmitted(folder, former, row);
  printAdmitted(command, row, boundary, file);
  return 0;
}

function refuse(texts: readonly string[]): number {
  for (const text of texts) printError(`eu-residency: not admitted: ${visible(text)}`);
  return 1;
}

function printAdmitted(
  { format, config }: AdmitCommand,
  row: AdmittedRow,
  boundary: ResidencyBoundary,
  file: string,
): void {
  if (format === 'json') {
    print(JSON.stringify({ boundary: boundary.name, admitted: row, written: file }, null, 2));
    return;
  }
  const { id, from, regions, model, requestedBy, approvedBy, reason, expires } = row;
  const lines = [
    `processed in ${regions.map((code) => `${code}, ${where(code)}`).join('; ')}`,
    `model ${model.id}: ${model.name} of ${model.provider}, ${model.kind}, ${model.status}; ${endOf(row)}`,
    `its provider retains ${retainedBy(row, factsOf(boundary))}`,
    `requested by ${requestedBy}, approved by ${approvedBy}: ${reason}`,
    `next: name it in ${config} ('bedrock: ${id}'), commit ${path.basename(file)} with it, and deploy`,
  ];
  print(
    [
      `${id} called from ${from} is admitted until ${expires}, and saved in ${file}`,
      ...lines.flatMap((line) => hanging('  ', line, tableWidth() ?? Number.POSITIVE_INFINITY)),
    ]
      .map(visible)
      .join('\n'),
  );
}

const endOf = ({ model: { legacyFrom, endsAt } }: AdmittedRow) =>
  [
    ...(legacyFrom === undefined ? [] : [`closed to new customers from ${legacyFrom}`]),
    endsAt === undefined ? 'no end is announced' : `ends on ${endsAt}`,
  ].join(', ');

function retainedBy({ retains, model }: AdmittedRow, facts: Facts): string {
  const known = facts.retention(model.id);
  if (retains === undefined)
    return `${known?.days === 0 ? 'nothing' : `content for up to ${known?.days ?? '?'} days`}, by the facts as of ${known?.asOf}`;
  return `${retains.days === 0 ? 'nothing' : `content for up to ${retains.days} days`}, as declared: ${retains.reason}`;
}
