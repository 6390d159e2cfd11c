import type { TenantRow } from '../core/evidence';
import { isOf, sharedStores } from '../statements/tenant-stores';
import { type Block, type Content, code, type DocumentTree, field, heading, joined } from '../tree/tree';
import type { DocumentContext } from './context';
import { invocationLog } from './invocation-log';
import { opening, particulars } from './opening';
import { contentPeriods } from './periods';
import { recordsOf } from './records';
import { storeTable } from './store-table';
import { transfers } from './transfers';
import { document } from './tree-of';

/** The record of processing activities: a record for each workspace and project. */
export function recordDocument(context: DocumentContext): DocumentTree {
  const { evidence, words } = context;
  const { processing } = words;
  const shared = sharedStores(evidence);
  const sharedTitle = evidence.tenants.length > 0 ? processing.sharedStores : processing.stores;
  return document(context, processing.recordTitle, [
    ...opening(context, processing.recordIntro),
    ...evidence.tenants.flatMap((tenant) =>
      recordsOf(tenant, context).flatMap((one) => tenantRecord(context, tenant, one)),
    ),
    ...(shared.length === 0 ? [] : [heading(2, sharedTitle), storeTable(context, shared)]),
  ]);
}

function tenantRecord(context: DocumentContext, owner: TenantRow, tenant: TenantRow): Block[] {
  const { evidence, words, separator } = context;
  const { common, processing } = words;
  const isWorkspace = tenant.kind === 'workspace';
  const stores = evidence.stores.filter((store) => isOf(store, owner));
  const organisation = evidence.head.organisation;
  const todo = (what: string) => field(common.field(what));
  const rows: (readonly [string, Content])[] = [
    [common.controller, [organisation?.controller ?? todo(common.controllerField)]],
    [processing.joint, [todo(processing.jointField)]],
    [common.dpo, [organisation?.dpo ?? todo(common.dpoField)]],
    [
      processing.purposes,
      [isWorkspace ? processing.workspacePurpose : processing.projectPurpose, ' ', todo(processing.purposesField)],
    ],
    [
      processing.subjects,
      [
        isWorkspace ? processing.workspaceSubjects : processing.projectSubjects,
        separator,
        todo(processing.subjectsField),
      ],
    ],
    [
      processing.data,
      [isWorkspace ? processing.workspaceData : processing.projectData, separator, todo(processing.specialField)],
    ],
    [processing.recipients, [isWorkspace ? processing.workspaceRecipients : processing.projectRecipients]],
    [processing.called, joined(tenant.models.map(code))],
    ...(isWorkspace ? [[processing.log, invocationLog(context)] as const] : []),
    [processing.transfers, [...transfers(context), ' ', processing.transfersAt]],
    [
      processing.erasure,
      isWorkspace
        ? [processing.erasureOf + context.colon, ...contentPeriods(context, owner), '. ', processing.otherErasure]
        : [processing.projectErasure],
    ],
    [processing.measures, [processing.measuresAt, separator, todo(processing.organisationalField)]],
  ];
  return [
    heading(2, `${isWorkspace ? common.workspace : common.project}${context.colon}${tenant.tenant}`),
    particulars(common.particular, common.entry, rows),
    heading(3, processing.stores),
    storeTable(context, stores),
  ];
}
