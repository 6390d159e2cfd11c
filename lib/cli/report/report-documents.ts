import type { Evidence } from '../../evidence/core/evidence';
import type { InvocationLog, Project } from '../../evidence/documents/context';
import type { EvidenceFile } from '../../evidence/formats/evidence-file';
import { visible } from '../../html/visible';
import type { DocumentCommand } from './document-options';

/** The documents that a command line asks for. Their words are loaded only then. */
export function reportDocuments(
  evidence: Evidence,
  {
    languages,
    documentFormats: formats,
    reviewedBy,
    projects,
    invocationLog,
    memberKeys,
  }: DocumentCommand & {
    readonly projects: readonly Project[];
    readonly invocationLog?: InvocationLog;
    readonly memberKeys?: boolean;
  },
  previous: Evidence | undefined,
): EvidenceFile[] {
  if (languages.length === 0) return [];
  const { documentFiles } =
    require('../../evidence/documents/document-files') as typeof import('../../evidence/documents/document-files');
  return documentFiles(evidence, {
    languages,
    formats,
    projects,
    ...(invocationLog !== undefined && { invocationLog }),
    ...(memberKeys !== undefined && { memberKeys }),
    ...(reviewedBy !== undefined && { reviewedBy }),
    ...(previous !== undefined && { previous }),
  });
}

/** A line for each sub-processor that differs from those of an earlier report. */
export function changeLines(previous: Evidence, evidence: Evidence): string[] {
  const { subProcessorChanges } =
    require('../../evidence/statements/sub-processors') as typeof import('../../evidence/statements/sub-processors');
  return subProcessorChanges(previous, evidence).map(
    ({ kind, before, after }) => `sub-processor ${kind}: ${visible((after ?? before)?.name ?? '')}`,
  );
}
