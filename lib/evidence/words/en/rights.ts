import type { RightId } from '../../statements/duties';

/** A right in words. */
export interface RightWords {
  readonly name: string;
  readonly how: string;
  readonly limits: string;
}

/** The procedures for data subjects’ rights (GDPR, Articles 15 to 20). */
export const rights = {
  title: 'Procedures for the rights of data subjects (Articles 15 to 20 GDPR)',
  intro:
    'How the deployment helps the controller to answer requests of members. The controller answers within one month (Article 12(3)), which may be extended by two further months where necessary.',
  right: 'Right',
  how: 'How the deployment provides it',
  limits: 'What it doesn’t cover',
  rights: {
    access: {
      name: 'Access',
      how: 'An administrator starts an export (POST /admin/v1/rights/exports). The member fetches it with their own token for 7 days. Auditors find the records about the member.',
      limits:
        'The export doesn’t contain the user directory, blocks and given roles, records, the trail, or holds and jobs about the member.',
    },
    rectification: {
      name: 'Rectification',
      how: 'Members add to, or delete and replace, their own content. Names in the user directory are changed there.',
      limits: 'Records and the trail can’t be changed.',
    },
    erasure: {
      name: 'Erasure (“right to be forgotten”)',
      how: 'A member erases their own content at once (POST /admin/v1/rights/own/erasures); an administrator requests it for others. Content and the member’s key are deleted, a test shows that the key is gone, and a certificate is stored.',
      limits:
        'A hold prevents it. It doesn’t reach the user directory, entries about blocks and given roles, records, logs, the trail, certificates and the lists of jobs and holds.',
    },
    restriction: {
      name: 'Restriction of processing',
      how: 'A hold (POST /admin/v1/rights/holds) keeps content from expiry and deletion. An administrator can disable the member, so that no further request is processed.',
      limits: 'Stored content isn’t marked as restricted, and the member can read it while they are enabled.',
    },
    notification: {
      name: 'Notification of recipients',
      how: 'The list of jobs names the member who received an export of another.',
      limits: 'The controller notifies recipients.',
    },
    portability: {
      name: 'Data portability',
      how: 'The export is a tar archive of JSON Lines files with a manifest and digests.',
      limits: 'It isn’t transmitted to another controller.',
    },
  } satisfies Readonly<Record<RightId, RightWords>> as Readonly<Record<RightId, RightWords>>,
  remains: 'For some time, these remain',
  remainsOf:
    'While a member’s key can be restored, so can what is encrypted under it. Token totals aren’t encrypted under the member’s key.',
  nonMembers: 'Persons who aren’t members',
  nonMembersOf:
    'Administrators can’t search content, because each member’s content is encrypted under that member’s own key. Requests by other persons are forwarded to the members who may have entered their data.',
  projects: 'Projects',
  projectsOf: 'No content of a project is stored. Records and token counts of projects contain no person’s ID.',
  contact: 'Contact and responsibilities',
  contactField: 'where requests are received, who identifies the person, and who answers',
};
