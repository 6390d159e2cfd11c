import { z } from 'zod';
import { providerNameOf } from '../../boundary/provider-of';
import { isStateName } from '../../contract/provider-state';
import { isPassed, type ProviderDrillReport } from '../../report/provider-drill';

/** IDs of models and destinations: one word, without what a terminal or a page could obey. */
const id = z.string().regex(/^[^\p{C}\s]{1,512}$/u);
const count = z.int().min(0).max(1_000_000);
/** A drill waits a minute; its last request can begin a little later. */
const seconds = z.number().min(0).max(61).optional();

const schema = z.object({
  report: z.literal('provider-drill'),
  provider: z.string().refine((name) => isStateName(name) && !name.includes('/'), 'not the name of a provider'),
  model: id,
  at: z.iso.datetime(),
  before: id,
  outAfterSeconds: seconds,
  backAfterSeconds: seconds,
  requests: z.object({ sent: count, failed: count }),
  answers: z.record(id, count.min(1)),
  passed: z.boolean(),
});

const AGAIN = "name the file that 'eu-residency drill --provider NAME --out FILE' writes, as it wrote it";

/** The report of a drill of a provider, or why a text isn't one. Its figures must agree: a report isn't signed before it is evidence. */
export function readDrill(text: string): ProviderDrillReport | string {
  const parsed = schema.safeParse(json(text));
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const where = first?.path.join('.');
    return `it isn't the report of a drill of a provider (${where ? `${where}: ${first?.message}` : 'no JSON object'}); ${AGAIN}`;
  }
  const { outAfterSeconds, backAfterSeconds, ...rest } = parsed.data;
  const report: ProviderDrillReport = {
    ...rest,
    ...(outAfterSeconds !== undefined && { outAfterSeconds }),
    ...(backAfterSeconds !== undefined && { backAfterSeconds }),
  };
  const why = contradictionIn(report);
  return why === undefined ? report : `its figures contradict each other: ${why}; ${AGAIN}`;
}

function contradictionIn(report: ProviderDrillReport): string | undefined {
  const { provider, before, requests, answers, passed } = report;
  const answered = Object.values(answers).reduce((sum, one) => sum + one, 0);
  const isOther = (destination: string) => providerNameOf(destination) !== provider;
  if (isOther(before)) return `'before' is '${before}', which isn't at '${provider}'`;
  if (!Object.hasOwn(answers, before)) return `'answers' lack '${before}', which answered before`;
  if (answered + requests.failed !== requests.sent)
    return `${answered} answers and ${requests.failed} failures are not the ${requests.sent} requests`;
  if (report.outAfterSeconds !== undefined && !Object.keys(answers).some(isOther))
    return `'outAfterSeconds' is ${report.outAfterSeconds}, but no destination outside '${provider}' answered`;
  if (passed !== isPassed(report)) return `'passed' is ${passed}`;
  return undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
