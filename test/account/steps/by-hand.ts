/** A part of the test that needs a person, or another account's settings. The person reports what happened. */
export interface ByHand {
  readonly id: string;
  /** What to do, and what should happen. */
  readonly how: readonly string[];
  /** Whether it is done after the stacks were destroyed. */
  readonly isAfterwards?: boolean;
}

/** What can't be done by a program without a browser, an authenticator, a day's wait or a provider's refusal. */
export const BY_HAND: readonly ByHand[] = [
  {
    id: 'silence',
    how: [
      'Ask a model with long reasoning a hard question, as a stream, through the project, and let it think for 5 minutes.',
      'The connection stays open, and the answer arrives.',
    ],
  },
  {
    id: 'without-access',
    how: [
      'Declare a model to which the account has no access, deploy, and call it through the project.',
      'The answer is an error that says so, and `npx eu-residency doctor` prints the commands that request access.',
    ],
  },
  {
    id: 'throttled',
    how: [
      "Send more requests at once than the model's quota allows.",
      'Some get 429 or the next destination; none gets 500.',
    ],
  },
  {
    id: 'member',
    how: [
      'Add a member with `npx eu-residency members add`, and sign in with an authenticator app.',
      'Chat, close the page, and continue the conversation. Upload a file of 32 MiB, and ask about it.',
      'Suspend the member. Within 60 s, every request gets 403.',
    ],
  },
  {
    id: 'rights',
    how: [
      'Run an export and an erasure of the member with `npx eu-residency rights`. A day later, the certificate is in the evidence bucket.',
      'Run a hold, try a deletion (409), and release it. Run a closure, and cancel it within the week.',
    ],
  },
  {
    id: 'further-region',
    how: [
      'Add a destination with `region: eu-north-1`, deploy, and call it.',
      'The answer comes from that Region (`x-residency-region`).',
    ],
  },
  {
    id: 'saml',
    how: [
      'Set `identity.saml` of the workspace. Sign in with a user of 1, of 2 and of 50 groups. Each gets the declared role.',
    ],
  },
  {
    id: 'hook',
    how: [
      'Deploy the hook of docs/GUARD.md, and a stack of your own with a bucket replicated to us-east-1.',
      'CloudFormation refuses the stack, and names the rule.',
    ],
  },
  {
    id: 'bill',
    isAfterwards: true,
    how: [
      'Three days after `destroy`, open the Cost Explorer, and group by the tag residency:deployment (enable it as a cost allocation tag).',
      'Nothing but the storage of buckets and logs is charged after the day of `destroy`.',
    ],
  },
];
