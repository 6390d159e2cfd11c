import { LEDGER_PREFIX } from '../../contract/objects';
import { LEAST_LOG_DAYS } from '../../contract/retention';
import type { StoreRow } from '../core/evidence';
import { endsWith } from '../statements/construct-end';
import { DUTIES, type Duty, type DutyId, MARKING_OF_EARLIER_SYSTEMS } from '../statements/duties';
import { RECORDED } from '../statements/recorded-catalogue';
import { type Block, type Content, code, type DocumentTree, field, heading, paragraph, table } from '../tree/tree';
import { retentionText } from './cells';
import type { DocumentContext } from './context';
import { opening } from './opening';
import { document } from './tree-of';

/** The duties under the AI Act, and whether the logs stay as long as it asks. */
export function aiActDocument(context: DocumentContext): DocumentTree {
  const { aiAct, common } = context.words;
  return document(context, aiAct.title, [
    ...opening(context, aiAct.intro),
    heading(2, aiAct.classification),
    paragraph(field(common.field(aiAct.classificationField))),
    dutyTable(context),
    heading(2, aiAct.periods),
    logTable(context),
  ]);
}

function dutyTable({ words: { aiAct }, separator }: DocumentContext): Block {
  const rows = (Object.entries(DUTIES) as [DutyId, Duty][]).map(
    ([id, { article, appliesFrom, isHighRisk = false }]): Content[] => {
      const { duty, provided, task } = aiAct.duties[id];
      const of = isHighRisk ? ` (${aiAct.annexThree})` : '';
      const earlier = id === 'marking' ? separator + aiAct.earlierSystems(MARKING_OF_EARLIER_SYSTEMS) : '';
      return [[article], [duty], [appliesFrom + of + earlier], [provided], [task]];
    },
  );
  return table([aiAct.article, aiAct.duty, aiAct.from, aiAct.provided, aiAct.task], rows, [2, 4, 3, 4, 4]);
}

/** The logs that record events of requests: those of gateways, and the trail. */
const RECORDS_EVENTS = ['Gateway/LogGroup', 'AccessLog/LogGroup', 'Evidence/Bucket'];

function logTable({ evidence, words }: DocumentContext): Block {
  const { aiAct, assessment, common } = words;
  const logs = evidence.stores.filter(({ name }) => RECORDS_EVENTS.some((end) => endsWith(name, end)));
  return table(
    [common.stack, aiAct.log, common.retention, aiAct.sixMonths],
    logs
      .flatMap(withParts)
      .map((log): Content[] => [
        [code(log.stack)],
        [code(log.name)],
        [log.retention === undefined ? common.unknown : retentionText(words, log.retention.text)],
        [isLongEnough(log) ? assessment.yes : assessment.no],
      ]),
    [2, 2, 2, 1],
  );
}

/** The trail and the ledger are parts of a bucket, each with a period of its own. */
function withParts(store: StoreRow): StoreRow[] {
  const parts = (store.parts ?? [])
    .filter(({ prefix }) => prefix === RECORDED.trail.prefix || prefix.startsWith(LEDGER_PREFIX))
    .map(({ prefix, retention }) => ({ ...store, name: `${store.name}: ${prefix}`, retention }));
  return parts.some(({ name }) => name.endsWith(`${RECORDED.trail.prefix}`)) ? parts : [store, ...parts];
}

/** A period that isn't a number of days doesn't show it. */
function isLongEnough({ retention }: StoreRow): boolean {
  if (retention?.text === 'forever') return true;
  const [, number, unit] = /^(?:at least )?(\d+) (day|year)s?\b/.exec(retention?.text ?? '') ?? [];
  return Number(number) * (unit === 'year' ? 365 : 1) >= LEAST_LOG_DAYS;
}
