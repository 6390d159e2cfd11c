import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { blocks, type Finding } from '@/lib/guard/finding';
import type { Json } from '@/lib/guard/template/parse';
import type { Sample } from './leak';

/** The blocking findings of a sample deployed to Frankfurt, including those of the resources around it. */
export function blockingOf({ type, properties, around = {}, permissionsBoundary }: Sample): Finding[] {
  const { Resources = {}, ...sections } = around;
  const template = {
    ...sections,
    Resources: { ...(Resources as Json), Subject: { Type: type, Properties: properties } },
  };
  const context = {
    boundary: ResidencyBoundary.eu(),
    stack: 'test',
    deployRegion: 'eu-central-1',
    permissionsBoundary,
  };
  return checkTemplate(template, context).findings.filter(blocks);
}
