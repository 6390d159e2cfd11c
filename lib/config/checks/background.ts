import { SHORTEST_RETENTION_DAYS } from '../../contract/background';
import { readRetention } from '../model/retention';
import { present } from '../read/draft';
import type { Problem } from '../read/problem';
import type { Check } from './check';

/** A job may take 24 hours, so what it stores must exist for longer. */
export const checkBackground: Check = ({ draft }) =>
  present(draft.workspaces).flatMap(([index, { background, retention: written }]): Problem[] => {
    if (background === undefined || written === undefined) return [];
    const retention = readRetention(written);
    if (retention.kind === 'until-deleted' || retention.days >= SHORTEST_RETENTION_DAYS) return [];
    const text = `needs a 'retention' of at least ${SHORTEST_RETENTION_DAYS}d, because a job may take 24 hours, found '${written}'; raise it, or remove 'background'`;
    return [{ path: ['workspaces', index, 'background'], text, atKey: true }];
  });
