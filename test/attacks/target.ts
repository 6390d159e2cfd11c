import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Forge } from '../runtime/workspace/identity/support/forge';
import type { StoreCall } from './targets/store-journal';

/** A person of the workspace `sciences` or `office`, a key of a project, or no credential. */
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
  | 'none';

/** A request, sent unchanged. */
export interface Sent {
  /** @default 'otherMember' */
  readonly as?: Sender;
  /** A person by their ID and roles, or the value of the Authorization header, instead of a sender. */
  readonly by?: { readonly id: string; readonly roles: readonly string[] } | string;
  /** @default 'GET' */
  readonly method?: string;
  /** The path with its query. */
  readonly path: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Text is sent as it is, and an object as JSON. */
  readonly body?: string | Buffer | object;
  /** The result of an authorizer, as an event can claim it. `serve` has no events. */
  readonly context?: unknown;
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

/** A running deployment of the workspaces and projects that the attacks know. */
export interface Target {
  readonly name: TargetName;
  readonly forge: Forge;
  /** Clients that read and write the stores past every API, for attackers who can do so. */
  readonly stores: { readonly dynamodb: DynamoDBClient; readonly s3: S3Client };
  readonly tables: { readonly content: string; readonly keys: string };
  readonly bucket: string;
  /** The keys of the projects `batch` and `other`. */
  readonly projectKeys: Readonly<Record<string, string>>;
  send(sent: Sent): Promise<Seen>;
  /** Runs the steps of jobs until nothing can run before a later time. */
  settle(): Promise<void>;
  /** Creates a person who can sign in, and their branch key. */
  addPerson(id: string, roles: readonly string[]): Promise<void>;
  /** Moves the clock of the deployment. */
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
}
