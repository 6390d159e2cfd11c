import { CERTIFICATES_PREFIX } from '../../contract/objects';
import type { RecordedSource } from './recorded-sources';

/** The tables, buckets and directories whose rows show who used what, and when. Content itself isn't such a row. */
export const RECORDED_ROWS = {
  /** The readable part of rows of content. A test compares the fields with what the code writes. */
  content: {
    fields: {
      person: ['pk', 'owner'],
      time: ['createdAt', 'updatedAt', 'expiresAt', 'endsAt', 'tailSince', 'convertBy', 'leasedUntil'],
      use: [
        'sk',
        'job',
        'line',
        'first',
        'last',
        'tail',
        'next',
        'response',
        'parentLine',
        'parentThrough',
        'parentResponse',
      ],
      volume: ['bytes', 'tokens', 'items', 'parts', 'tailBytes', 'textBytes'],
      outcome: ['conversion', 'status', 'done'],
      technical: ['version', 'starts', 'lease', 'key'],
    },
    stores: ['Conversations/Table', 'Files/Bucket'],
    settings: [{ in: 'file', name: 'workspaces[].retention' }],
    readers: ['members', 'operators'],
    erasure: 'deleted',
  },
  /** A test compares the fields with the types `Job` and `Hold`. They are rows of the same table. */
  jobs: {
    fields: {
      person: ['user', 'by', 'releasedBy', 'reason'],
      time: ['at', 'notBefore', 'releasedAt'],
      use: ['kind', 'conversation'],
      volume: ['counts', 'figures'],
      outcome: ['state', 'step'],
      technical: ['id', 'version', 'cursor', 'canary'],
    },
    stores: ['Conversations/Table'],
    // No row has an end of its own.
    period: 'until deleted',
    readers: ['administrators', 'members', 'operators'],
    erasure: 'stays',
  },
  /** The list of exports of a user, and of those that were handed over to them. */
  exports: {
    fields: {
      person: ['pk', 'owner', 'recipient', 'requestedBy', 'reason'],
      time: ['createdAt', 'until', 'releaseFrom', 'expiresAt'],
      use: ['sk'],
    },
    stores: ['Conversations/Table'],
    period: 'as each item sets',
    readers: ['members', 'operators'],
    erasure: 'deleted',
  },
  branchKeys: {
    fields: { person: ['branch-key-id'], time: ['create-time'], technical: ['type', 'version', 'kms-arn', 'enc'] },
    stores: ['BranchKeys/Table'],
    readers: ['operators'],
    erasure: 'deleted',
  },
  keyRequests: {
    fields: { person: ['pk'], time: ['expiresAt'], technical: ['sk'] },
    stores: ['KeyRequests/Table'],
    readers: ['operators'],
    erasure: 'deleted',
  },
  /** Requests for conversions of office files, which expire after a day. */
  conversions: {
    fields: {
      person: ['pk'],
      time: ['expiresAt'],
      outcome: ['answered'],
      technical: ['sk', 'parts', 'stays'],
    },
    stores: ['Conversions/Table'],
    readers: ['operators'],
    erasure: 'stays',
  },
  /** The background responses that wait or run. A row is deleted when its job is over. */
  jobQueue: {
    fields: { person: ['sk'], time: ['createdAt', 'at', 'expiresAt'], use: ['pk'] },
    stores: ['Background/Queue/Table'],
    settings: [{ in: 'file', name: 'workspaces[].background' }],
    readers: ['operators'],
    erasure: 'deleted',
  },
  /** A test compares the fields with the type `DayOfUse`. */
  usage: {
    fields: {
      person: ['member'],
      time: ['day'],
      use: ['models'],
      volume: ['tokens', 'cached', 'cacheWrite'],
      technical: ['tenant'],
    },
    stores: ['Usage/Table'],
    readers: ['declaredAuditors', 'members', 'operators'],
    erasure: 'deleted',
  },
  /** What a member used of budgets: a digest stands for the member. */
  budgets: {
    fields: {
      person: ['sk'],
      time: ['expiresAt'],
      volume: ['count', 'nanoUsd'],
    },
    stores: ['Usage/Table'],
    period: 'as each item sets',
    readers: ['members', 'operators'],
    erasure: 'deleted',
  },
  /** What a member used in a month, by model. A test compares the fields with the type `UsedByMember`. */
  months: {
    fields: {
      person: ['member', 'group'],
      time: ['month'],
      use: ['model'],
      volume: ['tokens'],
    },
    stores: ['Usage/Table'],
    readers: ['members', 'operators'],
    erasure: 'deleted',
  },
  /** What a group used in a month, and what is shown of it. A test compares the fields with the types `GroupOfMonth` and `Block`. */
  groupsOfMonth: {
    fields: {
      time: ['month'],
      use: ['group', 'model', 'withModels', 'withGroups'],
      volume: ['members', 'tokens'],
    },
    stores: ['Usage/Table'],
    readers: ['operators'],
    erasure: 'no-person',
  },
  /** Which member made the request of which record; the records themselves name no member. */
  recordLinks: {
    fields: { person: ['pk'], time: ['at', 'hour', 'sk', 'expiresAt'] },
    stores: ['RecordLinks/Table'],
    settings: [{ in: 'file', name: 'records.members' }],
    readers: ['declaredAuditors', 'members', 'operators'],
    erasure: 'deleted',
  },
  /** A test compares the fields with the types `Suspension` and `Membership`. */
  members: {
    fields: { person: ['sk', 'givers'], time: ['signedOutAt'], outcome: ['disabled', 'roles'] },
    stores: ['Suspensions/Table'],
    readers: ['administrators', 'operators'],
    erasure: 'stays',
  },
  /**
   * What SCIM sends, which memberships the users have, and which user a member is. A test compares the fields with the types
   * `DirectoryUser` and `DirectoryGroup`, and with the attributes that the other rows are written with.
   */
  directory: {
    fields: {
      person: ['pk', 'sk', 'userName', 'externalId'],
      time: ['created', 'changed', 'activeSince', 'namedSince', 'since'],
      outcome: ['active'],
      technical: ['id', 'digest', 'displayName', 'version', 'isEnding'],
    },
    stores: ['Workspace/Directory/Table'],
    readers: ['administrators', 'operators'],
    erasure: 'deleted',
  },
  /** The attributes of a user in Cognito's API. */
  userPool: {
    fields: {
      person: ['Username', 'Attributes'],
      time: ['UserCreateDate', 'UserLastModifiedDate'],
      outcome: ['Enabled', 'UserStatus'],
    },
    stores: ['MemberPool/Pool', 'Members/Pool'],
    readers: ['administrators', 'operators'],
    erasure: 'by-administrator',
  },
  /** A test compares the fields with the type `KeyRecord`. */
  apiKeys: {
    fields: {
      time: ['created', 'expires', 'rotated', 'revoked'],
      use: ['project', 'open', 'label', 'countsLabel'],
      volume: ['tokensPerMonth', 'usdPerMonth'],
      technical: ['id', 'salt', 'hash', 'previous'],
    },
    stores: ['Projects/Keys/Table', 'Scim/Tokens/Table'],
    readers: ['operators'],
    erasure: 'no-person',
  },
  /**
   * What projects and their keys used by day and month, by model, destination and label. A test compares the fields with the types
   * `DayOfUse` and `UseOfDestination`.
   */
  projectUsage: {
    fields: {
      time: ['day'],
      use: ['tenant', 'label', 'model', 'models', 'region', 'destination', 'destinations'],
      volume: ['tokens', 'cached', 'cacheWrite', 'nanoUsd'],
    },
    stores: ['Projects/Keys/Table'],
    readers: ['operators'],
    erasure: 'no-person',
  },
  /** A test compares the fields with the type `OpenProject`. The row stays when the project has ended, so that its ID isn't used again. */
  openProjects: {
    fields: {
      time: ['created', 'capped', 'ended'],
      use: ['id', 'name', 'models'],
      volume: ['limits'],
      technical: ['request'],
    },
    stores: ['Projects/Keys/Table'],
    period: 'until deleted',
    readers: ['operators'],
    erasure: 'no-person',
  },
  /** One row for each member with keys. A test compares the fields with the types `MemberKey` and `SignInState`; names of keys are encrypted. */
  memberKeys: {
    fields: {
      person: ['pk', 'groups'],
      time: ['signedInAt', 'seenAt', 'createdAt', 'ends', 'expiresAt'],
      use: ['models', 'course', 'requestsPerMinute', 'tokensPerDay', 'tokensPerMonth', 'usdPerMonth'],
      outcome: ['isMember'],
      technical: ['sk', 'version', 'keys', 'id', 'salt', 'hash'],
    },
    stores: ['Conversations/Table'],
    ofMemberKeys: true,
    period: 'as each item sets',
    readers: ['members', 'operators'],
    erasure: 'deleted',
  },
  certificates: {
    fields: {
      person: ['user', 'requested'],
      time: ['erased', 'copies'],
      outcome: ['test'],
      technical: ['certificate', 'version', 'workspace', 'erasure'],
    },
    stores: ['Evidence/Bucket'],
    prefix: CERTIFICATES_PREFIX,
    readers: ['operators'],
    erasure: 'stays',
  },
} as const satisfies Readonly<Record<string, RecordedSource>>;
