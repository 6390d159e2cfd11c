import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { blocks, type Finding } from '@/lib/guard/finding';
import { parseTemplate } from '@/lib/guard/template/parse';

/** The blocking findings of a template deployed to Frankfurt. */
export const blocking = (text: string): Finding[] =>
  checkTemplate(parseTemplate(text), {
    boundary: ResidencyBoundary.eu(),
    stack: 'test',
    deployRegion: 'eu-central-1',
  }).findings.filter(blocks);

/** The same as `level rule LogicalId/Properties/...`. */
export const verdicts = (text: string): string[] =>
  blocking(text).map(({ level, rule, logicalId = '', path }) => `${level} ${rule} ${logicalId}${path}`);
