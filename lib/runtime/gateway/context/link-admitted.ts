import type { RecordingOptions } from '../../http/handler/recording';
import type { LinkedRequest } from '../../http/records/linked-request';
import type { Content } from './content';

/**
 * Links requests of members whose content isn't erased. A request can be refused before the status of its member was
 * read, such as by a limit. It is read then, because a link is a new trace of the member. Without an answer there is no link.
 */
export function linkAdmitted(link: RecordingOptions['link'], content: Content | undefined): RecordingOptions['link'] {
  if (link === undefined || content === undefined) return link;
  return async (request) => {
    if (request.isAdmitted || (await isAdmitted(content, request))) await link(request);
  };
}

async function isAdmitted(content: Content, { member, reason }: LinkedRequest): Promise<boolean> {
  if (reason === 'content_erased') return false;
  return content.admit({ id: member }).then(
    () => true,
    () => false,
  );
}
