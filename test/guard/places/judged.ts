import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { type CheckContext, checkTemplate } from '@/lib/guard/check/check-template';
import { blocks, type Finding } from '@/lib/guard/finding';
import { DeclaredPlaces } from '@/lib/guard/rule/declared-places';
import { DECLARED, placeOf, propertiesWith, type Row, type Shape } from './rows';

const CONTEXT: CheckContext = {
  boundary: ResidencyBoundary.eu(),
  stack: 'test',
  deployRegion: 'eu-central-1',
  places: new DeclaredPlaces(DECLARED),
};

const BESIDE = { Own: { Type: 'AWS::S3::Bucket' }, Vault: { Type: 'AWS::Backup::BackupVault' } };

/** A template whose only resource of interest has a value where a row says. */
export const templateOf = (row: Row, shape: Shape, value: unknown, sections: object = {}) => ({
  ...sections,
  Resources: { ...BESIDE, Subject: { Type: row.type, Properties: propertiesWith(row, shape, value) } },
});

/** What is found of a template's resource. */
export const found = (template: Readonly<Record<string, unknown>>, logicalId = 'Subject'): Finding[] =>
  checkTemplate(template, CONTEXT).findings.filter((finding) => finding.logicalId === logicalId);

/** What is found at the place of a row. */
export function foundAt(findings: readonly Finding[], row: Row, shape: Shape): Finding[] {
  const place = placeOf(row, shape);
  return findings.filter(({ path = '' }) => path === place || path.startsWith(`${place}/`));
}

/**
 * Whether a finding stops a deployment. A zone that only the deployment decides is told and stops nothing: an account must
 * opt in to a zone that stands in another country than its Region.
 */
export const stops = (finding: Finding, { kind }: Row): boolean =>
  blocks(finding) || (kind === 'zone' && finding.rule === 'zone-unresolved');
