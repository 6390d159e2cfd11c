import type { TenantRow } from '../core/evidence';
import { RECORDED } from '../statements/recorded-catalogue';
import { isMaker, subProcessors } from '../statements/sub-processors';
import { type Block, type Content, code, type DocumentTree, field, heading, joined } from '../tree/tree';
import { around } from './around';
import { retentionText } from './cells';
import type { DocumentContext } from './context';
import { invocationLog } from './invocation-log';
import { opening, particulars } from './opening';
import { retention } from './recorded';
import { transfers } from './transfers';
import { document } from './tree-of';

/** The information for members, for each workspace. */
export function noticeDocument(context: DocumentContext): DocumentTree {
  const { evidence, words } = context;
  const workspaces = evidence.tenants.filter(({ kind }) => kind === 'workspace');
  return document(context, words.processing.noticeTitle, [
    ...opening(context, words.processing.noticeIntro),
    ...workspaces.flatMap((workspace) => notice(context, workspace)),
  ]);
}

function notice(context: DocumentContext, { tenant, region, retention: period }: TenantRow): Block[] {
  const { evidence, words } = context;
  const { common, processing } = words;
  const { controller, dpo } = evidence.head.organisation ?? {};
  const receivers = subProcessors(evidence).filter((one) => !isMaker(one));
  const todo = (what: string) => field(common.field(what));
  const rows: (readonly [string, Content])[] = [
    [processing.who, [controller ?? todo(common.controllerField)]],
    [common.dpo, [dpo ?? todo(common.dpoField)]],
    [processing.why, [todo(processing.purposesField), ' ', todo(processing.interestsField)]],
    [processing.what, [processing.whatOf]],
    [processing.log, invocationLog(context)],
    [processing.whoReads, [processing.whoReadsOf]],
    [processing.receivers, [processing.receiversOf, ' ', ...joined(receivers.map(({ name }) => code(name)))]],
    [processing.where, joined(placesOf(context, region).map(code))],
    [processing.transfers, [...transfers(context), ' ', processing.transfersAt]],
    [processing.howLong, around(processing.howLongOf, retentionText(words, period.text))],
    [processing.otherPeriods, otherPeriods(context)],
    [processing.rights, [processing.rightsOf, ' ', todo(processing.withdrawField)]],
    [processing.complaint, [todo(processing.complaintField)]],
    [processing.obligation, [todo(processing.obligationField)]],
    [processing.automated, [processing.generated, ' ', todo(processing.automatedField)]],
  ];
  return [heading(2, `${common.workspace}: ${tenant}`), particulars(common.particular, common.entry, rows)];
}

/** What remains about a member apart from content. */
const SOURCES = ['trail', 'webAcl', 'recordLinks', 'usage', 'jobs', 'certificates'] as const;

const otherPeriods = (context: DocumentContext): Content =>
  SOURCES.flatMap((id, index) => [
    `${index === 0 ? '' : context.separator}${context.words.recorded.sources[id][0]}: `,
    ...retention(context, RECORDED[id]),
  ]);

/** The Regions that store or may process something, the workspace's own first. */
const placesOf = ({ evidence }: DocumentContext, own: string): string[] => [
  ...new Set([own, ...evidence.regions.filter(({ uses }) => uses.length > 0).map(({ region }) => region)]),
];
