import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Forge } from '../runtime/workspace/identity/support/forge';
import type { StoreCall } from './targets/store-journal';

/** A person of the workspace `sciences` or `office`, a key of a project, a program of an operator, or no credential. */
export type Sender =
  /** Owns the content that the others attack. */
  | 'member'
  | 'otherMember'
  | 'admin'
  | 'auditor'
  /** Owns content on hold. */
  | 'held'
  /** Was erased. */
  | 'erased'
  | 'officeMember'
  | 'officeAdmin'
  | 'project'
  | 'otherProject'
  /** The identity system of the workspace `campus`. */
  | 'scim'
  /** A program that creates open projects. */
  | 'operator'
  | 'none';

/** A request, sent unchanged. */
export interface Sent {
  /** @default 'otherMember' */
  readonly as?: Sender;
  /** A person by their ID and roles, or the value of the Authorization header, instead of a sender. */
  readonly by?: { readonly id: string; readonly roles: readonly string[] } | string;
  /**
   * The workspace to whose members' API it goes, where that isn't `sciences`: `campus`, whose users and groups come by SCIM.
   *
   * @default - the one of the sender
   */
  readonly to?: 'campus';
  /** @default 'GET' */
  readonly method?: string;
  /** The path with its query. */
  readonly path: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Text is sent as it is, and an object as JSON. */
  readonly body?: string | Buffer | object;
  /** The result of an authorizer, as an event can claim it. `serve` has no events. */
  readonly context?: unknown;
  /**
   * How an operator's request is signed: by which program, when, and for which body. API Gateway does that in front of the bundles.
   *
   * @default - by the operator, now, for the body that is sent
   */
  readonly signed?: {
    readonly by?: 'no one' | 'stranger';
    /** Unix milliseconds. */
    readonly at?: number;
    readonly body?: string;
    readonly path?: string;
  };
}

/** All that a request did. */
export interface Seen {
  readonly status: number;
  /** Names and values. */
  readonly headers: string;
  readonly body: string;
  /** Lines of the log, and records. */
  readonly lines: readonly string[];
  /** Successful writes. */
  readonly writes: readonly StoreCall[];
  /** Addresses other than those of the deployment's own services. */
  readonly contacts: readonly string[];
  /** Processor time in milliseconds. */
  readonly ms: number;
  /** The peak of the process's memory so far. */
  readonly bytes: number;
}

export type TargetName = 'serve' | 'bundles';

/** Tokens of SCIM. */
export interface ScimTokens {
  /** The token of `campus`. */
  readonly own: string;
  /** That of another workspace. */
  readonly foreign: string;
  readonly expired?: string;
  readonly revoked?: string;
  /** What the own token was before its secret changed. */
  readonly replaced?: string;
}

/** A running deployment of the workspaces and projects that the attacks know. */
export interface Target {
  readonly name: TargetName;
  readonly forge: Forge;
  /** Clients that read and write the stores past every API, for attackers who can do so. */
  readonly stores: { readonly dynamodb: DynamoDBClient; readonly s3: S3Client };
  readonly tables: { readonly content: string; readonly keys: string };
  readonly bucket: string;
  /** The highest peak of memory of its processes so far, in bytes. */
  readonly peak: number;
  /** The keys of the projects `batch` and `other`. */
  readonly projectKeys: Readonly<Record<string, string>>;
  /** Tokens with which an identity system could call SCIM of `campus`; those that have ended only where commands can end one. */
  readonly scimTokens: ScimTokens;
  /** The key of an open project, which the answer that created it may have. */
  openProjectKey(id: string, created: string): Promise<string>;
  send(sent: Sent): Promise<Seen>;
  /**
   * Runs the steps of jobs, and what waits in the background, until nothing can run before a later time.
   *
   * @throws if one of them disclosed content, or contacted another host
   */
  settle(): Promise<void>;
  /** Creates a person who can sign in, and their branch key. */
  addPerson(id: string, roles: readonly string[]): Promise<void>;
  /** Moves the clock of the deployment. */
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
}
