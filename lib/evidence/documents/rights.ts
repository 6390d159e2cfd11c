import { RIGHTS, type RightId } from '../statements/duties';
import { type Content, type DocumentTree, field, heading, paragraph, table } from '../tree/tree';
import type { DocumentContext } from './context';
import { invocationLog } from './invocation-log';
import { opening } from './opening';
import { remaining } from './periods';
import { document } from './tree-of';

/** The procedures by which the rights of data subjects are met. */
export function rightsDocument(context: DocumentContext): DocumentTree {
  const { common, processing, rights } = context.words;
  const rows = (Object.entries(RIGHTS) as [RightId, string][]).map(([id, article]): Content[] => {
    const { name, how, limits } = rights.rights[id];
    const left: Content =
      id === 'erasure' ? [' ', rights.remains + context.colon, ...remaining(context), '. ', rights.remainsOf] : [];
    return [[`${name} (${article})`], [how], [limits, ...left]];
  });
  return document(context, rights.title, [
    ...opening(context, rights.intro),
    table([rights.right, rights.how, rights.limits], rows, [1, 2, 2]),
    heading(2, processing.log),
    paragraph(...invocationLog(context)),
    heading(2, rights.nonMembers),
    paragraph(rights.nonMembersOf),
    heading(2, rights.projects),
    paragraph(rights.projectsOf),
    heading(2, rights.contact),
    paragraph(field(common.field(rights.contactField))),
  ]);
}
