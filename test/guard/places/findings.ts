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

const SIBLINGS = { Own: { Type: 'AWS::S3::Bucket' }, Vault: { Type: 'AWS::Backup::BackupVault' } };

/** A template with one resource under test, which has a value at a row's property. */
export const templateOf = (row: Row, shape: Shape, value: unknown, sections: object = {}) => ({
  ...sections,
  Resources: { ...SIBLINGS, Subject: { Type: row.type, Properties: propertiesWith(row, shape, value) } },
});

/** The findings of one resource in a template. */
export const findingsOf = (template: Readonly<Record<string, unknown>>, logicalId = 'Subject'): Finding[] =>
  checkTemplate(template, CONTEXT).findings.filter((finding) => finding.logicalId === logicalId);

/** The findings at a row's property. */
export function findingsAt(findings: readonly Finding[], row: Row, shape: Shape): Finding[] {
  const place = placeOf(row, shape);
  return findings.filter(({ path = '' }) => path === place || path.startsWith(`${place}/`));
}

/**
 * Whether a finding counts as stopping a deployment. An unresolved zone counts although it is only informational: an account
 * must opt in to a zone in a different country from its Region.
 */
export const stops = (finding: Finding, { kind }: Row): boolean =>
  blocks(finding) || (kind === 'zone' && finding.rule === 'zone-unresolved');
