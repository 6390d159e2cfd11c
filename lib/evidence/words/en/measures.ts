import type { MeasureId } from '../../statements/measures';

/** A sentence for each measure. */
export const measures: Readonly<Record<MeasureId, string>> = {
  boundary: 'A request is sent only to destinations of which every Region is inside the boundary.',
  guard: 'The guard refuses a template that could store or send data outside the boundary.',
  network: 'The functions that process prompts and answers are in a network without a route to the internet.',
  encryption: 'Stored content is encrypted under customer managed keys, with a key for each workspace.',
  memberKeys: 'Each member’s content is encrypted under that member’s own key before it is stored.',
  separation: 'Workspaces share no key, table or bucket for content.',
  noContent: 'A project’s content isn’t stored, logged or measured.',
  records: 'Records of requests contain no content, no name and no address.',
  retentionMode:
    'Bedrock’s retention mode is set to none and checked every hour; without a recent check, projects are refused.',
  expiry: 'Stored content expires after the workspace’s retention period.',
  erasure: 'An erasure deletes content, then the member’s key, tests that the key is gone, and is certified.',
  closure:
    'A closure makes a last export for each member, schedules the deletion of the workspace’s key, and is certified.',
  export: 'A member’s content can be exported in a machine-readable format.',
  trail: 'Each use of a key, item and object is recorded, in a bucket with an object lock.',
  alarms: 'Alarms report changes of retention, logging, places and keys.',
  recovery:
    'Content is replicated to a second Region inside the boundary, and a drill tests that it is readable there.',
};
