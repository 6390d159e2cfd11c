import { visibleJson } from '../../html/visible';

/** Data as JSON that shows every character. */
export const asJson = (data: object): string => `${visibleJson(JSON.stringify(data, null, 2))}\n`;
