import { type Html, html } from '../../../html/html';
import type { Evidence } from '../../core/evidence';
import { fill } from '../html/fill';
import type { PageWords } from '../words/en';
import { code, lead, list, moment } from './cells';
import { rowsSection } from './section';

/** What drills of providers measured. Absent from a report that was given none. */
export const drills = ({ drills: rows }: Evidence, words: PageWords): Html =>
  rows === undefined
    ? html``
    : rowsSection(
        'drills',
        rows,
        [
          lead(
            words.columns.provider,
            ({ provider }) => provider,
            words,
            ({ model }) => fill(words.drills.model, { model: code(model) }),
          ),
          { heading: words.columns.time, cell: ({ at }) => moment(at) },
          {
            heading: words.columns.measured,
            cell: ({ outAfterSeconds, backAfterSeconds, requests: { sent, failed } }) =>
              list([
                fill(words.drills.out, { time: time(outAfterSeconds, words) }),
                fill(words.drills.back, { time: time(backAfterSeconds, words) }),
                fill(words.drills.failed, { failed, sent }),
              ]),
          },
          {
            heading: words.columns.answeredBy,
            cell: ({ answers }) =>
              list(Object.entries(answers).map(([destination, count]) => html`${code(destination)}: ${count}`)),
          },
        ],
        words,
      );

const time = (seconds: number | undefined, words: PageWords): string =>
  seconds === undefined ? words.drills.never : `${seconds} s`;
