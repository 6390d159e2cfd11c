import { asEntity, asUnicode, withoutCommands } from '../../guard/report/commands';
import type { Report } from '../../guard/report/report';
import { visibleJson } from '../../html/visible';

/** The values of `--format`. */
export const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const;

export type Format = (typeof FORMATS)[number];

/** A report in a format for other tools, without anything that a CI system takes for a command of a template. */
export const formatted = (report: Report, format: Exclude<Format, 'pretty'>): string =>
  withoutCommands(written(report, format), format === 'junit' ? asEntity : asUnicode, format === 'github');

/** Each format is loaded only when it is used, because a check has to start fast. */
function written(report: Report, format: Exclude<Format, 'pretty'>): string {
  switch (format) {
    case 'json': {
      const { json } = require('../../guard/report/json') as typeof import('../../guard/report/json');
      return visibleJson(json(report));
    }
    case 'sarif': {
      const { sarif } = require('../../guard/report/sarif') as typeof import('../../guard/report/sarif');
      return visibleJson(sarif(report));
    }
    case 'junit': {
      const { junit } = require('../../guard/report/junit') as typeof import('../../guard/report/junit');
      return junit(report);
    }
    case 'github': {
      const { github } = require('../../guard/report/github') as typeof import('../../guard/report/github');
      return github(report);
    }
    case 'gitlab': {
      const { gitlab } = require('../../guard/report/gitlab') as typeof import('../../guard/report/gitlab');
      return visibleJson(gitlab(report));
    }
    case 'markdown': {
      const { markdown } = require('../../guard/report/markdown') as typeof import('../../guard/report/markdown');
      return markdown(report);
    }
  }
}
