import type { ResidencyConfig } from '../../config/model/config';
import type { EvidenceOptions } from './context';

/** The organisation of a configuration for the head of a report; none if the file doesn't say. */
export function organisationOf({ organisation }: ResidencyConfig): Pick<EvidenceOptions, 'organisation'> {
  if (organisation === undefined || Object.keys(organisation).length === 0) return {};
  const { name = '', controller, dpo } = organisation;
  return {
    organisation: { name, ...(controller !== undefined && { controller }), ...(dpo !== undefined && { dpo }) },
  };
}
