import fc from 'fast-check';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { blocks } from '@/lib/guard/finding';
import { parseTemplate } from '@/lib/guard/template/parse';
import { runsOf, TIMES } from '../../support/property-runs';
import { plans, planted } from './planted';

jest.setTimeout(40_000 * TIMES);
const context = { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' };
const stopped = (template: Record<string, unknown>) =>
  checkTemplate(parseTemplate(JSON.stringify(template)), context)
    .findings.filter(blocks)
    .map(({ logicalId }) => logicalId);

test('one leak, at any depth and in any encoding, is reported at its resource', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      expect([...new Set(stopped(planted(plan, 'outside')))]).toEqual(['Planted']);
    }),
    runsOf(1_000, 2_000),
  );
});

test('the same value inside the boundary is reported nowhere', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      expect(stopped(planted(plan, 'inside'))).toEqual([]);
    }),
    runsOf(100, 200),
  );
});
