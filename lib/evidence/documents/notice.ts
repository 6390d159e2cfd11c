import type { TenantRow } from '../core/evidence';
import { isMaker, subProcessors } from '../statements/sub-processors';
import { withoutOthers } from '../statements/tenant-stores';
import { type Block, type Content, code, type DocumentTree, field, heading, joined } from '../tree/tree';
import type { DocumentContext } from './context';
import { invocationLog } from './invocation-log';
import { opening, particulars } from './opening';
import { contentPeriods } from './periods';
import { personalSources, retention } from './recorded';
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

function notice(all: DocumentContext, workspace: TenantRow): Block[] {
  const { tenant, region } = workspace;
  const context = { ...all, evidence: withoutOthers(all.evidence, workspace) };
  const { evidence, words } = context;
  const { common, processing } = words;
  const { controller, dpo } = evidence.head.organisation ?? {};
  const receivers = new Set(
    subProcessors(evidence)
      .filter((one) => !isMaker(one))
      .map(({ name }) => name),
  );
  const todo = (what: string) => field(common.field(what));
  const rows: (readonly [string, Content])[] = [
    [processing.who, [controller ?? todo(common.controllerField)]],
    [common.dpo, [dpo ?? todo(common.dpoField)]],
    [processing.why, [todo(processing.purposesField), ' ', todo(processing.interestsField)]],
    [processing.what, [processing.whatOf]],
    [processing.log, invocationLog(context)],
    [processing.whoReads, [processing.whoReadsOf]],
    [processing.receivers, [processing.receiversOf, ' ', ...joined([...receivers].map(code))]],
    [processing.where, joined(placesOf(context, region).map(code))],
    [processing.transfers, [...transfers(context), ' ', processing.transfersAt]],
    [processing.howLong, [...contentPeriods(context, workspace), '. ', processing.howLongOf]],
    [processing.otherPeriods, otherPeriods(context)],
    [processing.source, [todo(processing.sourceField)]],
    [processing.rights, [processing.rightsOf, ' ', todo(processing.withdrawField)]],
    [processing.complaint, [todo(processing.complaintField)]],
    [processing.obligation, [todo(processing.obligationField)]],
    [processing.automated, [processing.generated, ' ', todo(processing.automatedField)]],
  ];
  return [heading(2, common.workspace + context.colon + tenant), particulars(common.particular, common.entry, rows)];
}

/** How long what relates to a member is retained, apart from content. */
const otherPeriods = (context: DocumentContext): Content =>
  personalSources(context).flatMap(([id, source], index) => [
    (index === 0 ? '' : context.separator) + context.words.recorded.sources[id][0] + context.colon,
    ...retention(context, source),
  ]);

/** The Regions that store or may process something, the workspace's own first. */
const placesOf = ({ evidence }: DocumentContext, own: string): string[] => [
  ...new Set([own, ...evidence.regions.filter(({ uses }) => uses.length > 0).map(({ region }) => region)]),
];
